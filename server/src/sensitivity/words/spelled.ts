/*
 * How the signs of an e-mail address are said. Lower case; separated by `|`.
 */

/** `@`. */
export const AT_WORDS =
  'at|ät|at sign|at-zeichen|klammeraffe|arobase|arobas|a commercial|arroba|chiocciola|chiocciolina|apenstaartje|apestaartje|małpa|malpa|snabel-a|snabela|kuyruklu a|et işareti|miukumauku|ät-merkki|zavináč|zavinac|kukac|собака|собачка|παπάκι|แอท|艾特|アットマーク|골뱅이|arond'

/** `.`. */
export const DOT_WORDS =
  'dot|punkt|point|punto|ponto|punt|kropka|nokta|prick|piste|tečka|tecka|pont|punct|точка|крапка|τελεία|จุด|点|ドット|점|period|full stop'

/** An address follows. */
export const MAIL_WORDS =
  'email|e-mail|e mail|mail|emails|mailbox|inbox|write to|reach me|reach him|reach her|contact|correo|correo electrónico|courriel|mél|adresse|adrese|address|posta|e-posta|eposta|poczta|mejl|e-postadress|sähköposti|почта|имейл|邮箱|邮件|メール|อีเมล|이메일'

/** Signs inside the name. */
export const SIGN_WORDS: readonly (readonly [string, string])[] = [
  ['underscore', '_'],
  ['unterstrich', '_'],
  ['tiret bas', '_'],
  ['guion bajo', '_'],
  ['guión bajo', '_'],
  ['trattino basso', '_'],
  ['sublinhado', '_'],
  ['podkreślnik', '_'],
  ['understreck', '_'],
  ['alt çizgi', '_'],
  ['liggend streepje', '_'],
  ['laag streepje', '_'],
  ['dash', '-'],
  ['hyphen', '-'],
  ['minus', '-'],
  ['bindestrich', '-'],
  ['tiret', '-'],
  ['guion', '-'],
  ['guión', '-'],
  ['trattino', '-'],
  ['hífen', '-'],
  ['myślnik', '-'],
  ['bindestreck', '-'],
  ['streepje', '-'],
  ['koppelteken', '-'],
  ['tire', '-'],
  ['plus', '+'],
]

/** Behind these a number goes on that began before. */
export const SPLIT_WORDS =
  'starts with|start with|starting with|begins with|beginning with|first half|first part|second half|second part|first digits|last digits|first four|first eight|first six|first three|last four|last eight|last six|ends with|end with|ending with|ends in|ending in|followed by|the rest is|the rest of|rest of it|rest is|remaining digits|remaining|continues with|continues|the other half|other part|next part|part one|part two|part 1|part 2|half one|half two|beginnt mit|fängt mit|endet auf|endet mit|der rest|erste hälfte|zweite hälfte|ersten vier|letzten vier|erster teil|zweiter teil|gefolgt von|commence par|finit par|se termine par|première moitié|deuxième moitié|première partie|deuxième partie|le reste|suivi de|empieza por|empieza con|comienza con|termina en|termina con|primera mitad|segunda mitad|primera parte|segunda parte|el resto|seguido de|inizia con|comincia con|finisce con|termina con|prima metà|seconda metà|prima parte|seconda parte|il resto|seguito da|begint met|eindigt op|eindigt met|eerste helft|tweede helft|eerste deel|tweede deel|de rest|gevolgd door|começa com|termina com|termina em|primeira metade|segunda metade|primeira parte|o resto|seguido de|zaczyna się|kończy się|pierwsza połowa|druga połowa|pierwsza część|druga część|reszta|börjar med|slutar med|slutar på|första halvan|andra halvan|första delen|andra delen|resten|ile başlıyor|ile bitiyor|ilk yarısı|ikinci yarısı|ilk kısım|ikinci kısım|kalanı|devamı'

/** Who speaks, where a conversation is written down as a text. */
export const SPEAKER_WORDS =
  'user:|human:|me:|you:|customer:|client:|caller:|patient:|agent:|assistant:|bot:|ai:|system:|operator:|support:|chatgpt:|claude:|model:|q:|a:|speaker 1:|speaker 2:|nutzer:|benutzer:|kunde:|kundin:|ich:|assistent:|utilisateur:|moi:|client :|usuario:|cliente:|yo:|asistente:|utente:|io:|assistente:|gebruiker:|klant:|ik:|utilizador:|usuário:|eu:|użytkownik:|klient:|ja:|asystent:|användare:|kund:|jag:|kullanıcı:|müşteri:|ben:|asistan:|пользователь:|用户:|助手:|ผู้ใช้:|[user]|turn 1|turn 2|msg 1|message 1|message 2'

/** That a text runs from right to left on purpose. */
export const REVERSED_WORDS =
  "backwards|backward|reversed|in reverse|reverse order|back to front|right to left|rückwärts|umgekehrt|à l'envers|inversé|al revés|invertido|invertida|al contrario|rovesciato|achterstevoren|omgekeerd|ao contrário|wspak|od tyłu|baklänges|tersten|ters çevrilmiş"

/** That letters were shifted by thirteen, and a few words as they look then. */
export const ROTATED_WORDS = 'rot13|rot-13|rot 13|caesar|cnffjbeq|cnffjbeg|rznvy|r-znvy|vona|cubar|nqqerff'
