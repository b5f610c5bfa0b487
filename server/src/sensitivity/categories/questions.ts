const QUESTION =
  /^(?:please |can you |could you |bitte |kannst du |peux-tu |pouvez-vous |puedes |puoi |kun je |pode |czy możesz |kan du )?(?:what|who|when|where|why|which|how|is|are|does|do|can|could|explain|define|describe|list|name|give me|tell me|write|draft|compose|create|generate|compare|discuss|outline|suggest|teach|was ist|was sind|was bedeutet|wie|warum|wer|wann|erkläre|erklär|nenne|beschreibe|schreib|erstelle|qu'est-ce|quels?|quelles?|comment|pourquoi|explique|qué|cuáles|cómo|explica|che cos|quali|come|cos'è|wat|welke|waarom|waarvoor|waar|hoe|leg uit|o que|que|quais|como|para que|explique|co|czym jest|jakie|jaka|jaki|jak|do czego|dlaczego|wyjaśnij|vad|vilka|vilken|varför|hur|förklara|welche|welcher|wozu|woher|à quoi|où|quand|para qué|a qué|por qué|cuál|dónde|che|a cosa|perché|dove|cosa|nedir|nasıl|açıkla|什么|如何|怎么|为什么|解释|อธิบาย|คืออะไร)(?![\p{L}])/iu

/** Whose it is: a question with such a word is about something of the asker's. */
const OWN =
  /(?<!\p{L})(?:my|our|mein|meine[mnrs]?|unser|unsere[mnrs]?|mon|ma|mes|notre|nos|mi|mis|nuestr[oa]s?|mio|mia|miei|nostr[oaie]|mijn|onze|ons|meu|minha|nosso|nossa|mój|moja|mojej|moje|nasz|nasza|nasze|min|mitt|mina|vår|vårt|våra|benim|bizim)(?!\p{L})|我|ของฉัน|ของเรา|ของผม/iu

/** Whether a text has less than so many units of Latin letters, or of a denser script a third of them. */
export const isShorter = (text: string, units: number): boolean =>
  text.length < units && text.length < (/[\u0e00-\u9fff]/.test(text) ? units / 3 : units)

/** Of a longer text the classifier sees many passages, one of which may look like anything by chance. */
const MANY_PASSAGES = 1_200
const SURE_OF_ONE = 0.65

/** How sure the classifier must be of one passage of a text, where it must be so sure of a short one. */
export const barFor = (text: string, bar: number): number =>
  text.length > MANY_PASSAGES ? Math.max(bar, SURE_OF_ONE) : bar

/** A question at the end of a line of its facts: "the price is 12 with tax, what is it without?" */
const ENDS_ASKING =
  /(?:^|[,.;:?!] ?)(?:and )?(?:what|how|which|who|where|when|wie|was|wer|wo|welche\w?|quel\w*|combien|comment|cu[áa]l|cu[áa]nto|qu[ée]|quanto|quale|hoeveel|wat|ile|jaki\w?|hur|vad|kaç|ne kadar)(?!\p{L})[^?？]{0,80}[?？]\s*$/iu

/** Whether a short text is an exercise: some facts of nobody's and a question about them. */
export const isExercise = (text: string): boolean =>
  text.length < 200 && ENDS_ASKING.test(text) && !OWN.test(text)

/** What is asked about stands behind the question itself; units. */
const MATERIAL = 60

const TOLD_WHO =
  /^(?:you are|you're|act as|du bist|sie sind|tu es|vous êtes|eres|sei|você é|je bent|jesteś|du är) (?:an?|the|eine?|une?|una?|uma?|een|en|\p{Lu}[\w-]+[.,]) ?/iu

/** Whether a short text tells an assistant who it is and what it does, without a figure, a line or a quotation to work on. */
export const isInstruction = (text: string): boolean =>
  text.length < 400 && TOLD_WHO.test(text.trimStart()) && !/[0-9\n"“«„]/.test(text) && !OWN.test(text)

/** Whether a short text reads as a question about the world, or as an order for something to be invented. */
export const isGeneral = (text: string): boolean => {
  if (text.length >= 400 || !QUESTION.test(text.trimStart().slice(0, 80)) || OWN.test(text)) return false
  const asked = text.search(/[?:\n？：]/)
  return asked === -1 || text.length - asked < MATERIAL
}

const NAME_OF_CODE =
  /`[^`\n]{1,80}`|\b[a-z0-9]+_[a-z0-9_]+\b|\b[a-z]+[A-Z][A-Za-z]*\b|\w\(\)|\s--[a-z]|<\/?[a-z]+[ >]/g
/** One such name in so many units, and a text is written for programs or for those who write them. */
const TECHNICAL = 400

/** Whether a text is documentation of a program: names of code stand all over it. Reads up to 20,000 units. */
export const isTechnical = (text: string): boolean => {
  const read = text.slice(0, 20_000)
  const enough = Math.ceil(read.length / TECHNICAL)
  let count = 0
  for (const _ of read.matchAll(NAME_OF_CODE)) {
    count += 1
    if (count >= enough) return true
  }
  return false
}

/** Whether a text is longer than a passage or two. */
export const isLong = (text: string): boolean => text.length > MANY_PASSAGES
