import { fold } from '../fold.ts'

/** Words of addresses that are no name: kinds of roads, parts of buildings, directions, countries; folded. */
const FIXED: ReadonlySet<string> = new Set(
  (
    'street st avenue ave av road rd lane ln drive dr boulevard blvd court ct place pl square sq terrace way close crescent parkway pkwy highway hwy circle cir trail alley row walk ' +
    'apt apartment suite ste floor fl flat unit room building bldg house box po north south east west n s e w ne nw se sw county state city town village zip ' +
    'strasse str weg platz allee gasse ring damm ufer hof stiege top stock etage og eg haus nr postfach hausnummer ' +
    'rue chemin impasse quai cours place bis ter cedex bp appartement etage batiment allee ' +
    'calle avenida avda plaza paseo carretera camino piso puerta izquierda derecha numero no num esc bloque ' +
    'via viale piazza corso largo vicolo piazzale scala interno ' +
    'rua avenida praca travessa largo estrada andar esquerdo direito lote ' +
    'straat laan plein weg gracht kade dreef ul ulica al aleja plac os osiedle mieszkanie lok m nr ' +
    'gatan vagen gata vag vej gade vei lgh tr sokak sok sk cadde cad cd mahalle mahallesi mah bulvari apartmani daire kat no ' +
    'ulitsa prospekt улица ул проспект пр дом д кв квартира г город область ' +
    'ถนน ซอย ตำบล แขวง อำเภอ เขต จังหวัด หมู่ บ้าน เลขที่ ' +
    'de la le les du des del della di da do dos das den der die das am an im in auf zum zur und and of the van von bei cerca near c o ' +
    'germany deutschland austria osterreich switzerland schweiz suisse svizzera france spain espana italy italia portugal netherlands nederland belgium belgie belgique poland polska sweden sverige norway norge denmark danmark finland suomi turkey turkiye uk united kingdom england scotland wales ireland usa us america canada australia new zealand india japan china korea thailand brazil brasil mexico 中国 日本 대한민국 한국'
  ).split(' '),
)

/** Whether a word of an address stays as it is: it says what is named, not how. State codes of two letters too. */
export const isFixedPlaceWord = (word: string): boolean =>
  FIXED.has(fold(word)) || /^\p{L}$/u.test(word) || /^[A-Z]{2}$/.test(word)

const SUFFIX =
  /(?:straße|strasse|str|weg|platz|gasse|allee|ring|damm|ufer|straat|laan|plein|gracht|gatan|vägen|gata|vej|gade|veien)$/i

/** The kind of road that a word ends in (`Hauptstraße` → `straße`), or ''. */
export const placeSuffix = (word: string): string => {
  const suffix = SUFFIX.exec(word)?.[0] ?? ''
  return suffix.length < word.length - 1 ? suffix.toLowerCase() : ''
}

const POSTCODE =
  /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b\d{4} ?[A-Z]{2}\b|\b\d{5}-\d{4}\b|\b\d{2}-\d{3}\b|\b\d{4}-\d{3}\b|〒?\d{3}-\d{4}\b/g

/** Postcodes of the forms that have letters or a hyphen in them. */
export const postcodesIn = (text: string): readonly string[] => text.match(POSTCODE) ?? []
