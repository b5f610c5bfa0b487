import { fold } from '../automaton.ts'
import { COUNTRIES, REGIONS } from './names.ts'

/** What a word may be in an address; a word may be several of these. */
export const ROLE = {
  /** A road's word behind its name: "Elm Street". */
  after: 1,
  /** One before its name: "rue de Paris". */
  before: 2,
  /** A road's word that says little by itself: "Way", "Court". */
  vague: 4,
  /** Flat, floor, building: a number or letter follows, or comes before. */
  unit: 8,
  /** "No", "Nr." */
  number: 16,
  /** Small words inside a name: "de la", "upon". */
  link: 32,
  /** Never in an address: months, sentence words, labels of other fields. */
  stop: 64,
  /** Quarter, district, province: a name or number follows. */
  district: 128,
  /** What may stand before a road's name as part of it: "Alte", "Norra", "Sankt". */
  prefix: 256,
  /** Behind a number it makes a floor or door: "4. OG", "2 étage". */
  floor: 512,
  box: 1024,
  /** A word behind a road's name whose number comes last: "Görans Gata 9". */
  behind: 2048,
} as const

const LISTS: readonly (readonly [number, string])[] = [
  [
    ROLE.after,
    'street streets st avenue avenues ave av road roads rd boulevard blvd lane ln drive drives dr highway hwy parkway pkwy crescent cres terrace terr square sq turnpike expressway freeway motorway thoroughfare broadway causeway boulevarde esplanade mews gardens gdns',
  ],
  [
    ROLE.after | ROLE.vague,
    'way court ct place pl close circle cir alley trail row walk walks hill hills park ridge ridges view views grove groves green greens gate gates heights bridge branch brook burg bypass canyon cape cliff cliffs club common commons corner corners course cove coves creek crest crossing crossroad curve dale dam divide estate estates extension extensions fall falls ferry field fields flat flats ford fords forest forge forges fork forks fort freeway garden gateway glen glens harbor harbors harbour haven hollow inlet island islands isle junction junctions key keys knoll knolls lake lakes land landing light lights loaf lock locks lodge loop mall manor manors meadow meadows mill mills mission mount mountain mountains neck orchard oval overpass parade parks parkways pass passage path pike pine pines plain plains plaza plazas point points port ports prairie radial ramp ranch rapid rapids rest river route run shoal shoals shore shores skyway spring springs spur spurs squares station stravenue stream summit throughway trace track trafficway tunnel underpass union unions valley valleys via viaduct village villages ville vista well wells wharf quay rise yard bank end side vale wynd chase croft drove brooks burgs camp center centers centre circles courts wall ways circuit mead brae grange approach wood brow copse glade lk fold garth lea paddock strand rand nagar marg chowk bagh layout cross main link',
  ],
  [
    ROLE.after | ROLE.behind,
    'utca u út útja tér tere körút krt köz sétány fasor rakpart sokak sok sk cadde caddesi cad bulvarı bulv blv straße strasse str weg gasse platz allee damm ufer ring steig stieg straat laan plein gracht kade singel gata gatan vei veien väg vägen vej gade gränd plads allé torg torget katu tie kuja polku országút határút lakótelep főút főtér sugárút dűlő liget sor iela küçəsi улица ул проспект пр переулок пер бульвар набережная наб площадь пл шоссе аллея вулиця вул площа майдан провулок ulice ulica třída námestie náměstí nábřeží street jalan ulitsa lan',
  ],
  [
    ROLE.before,
    'explanada aldea riera muelle puente manzana rincón jardines caserío caserio voie immeuble résidence vía calz carr priv cda prol eje viaducto barranco subida solar rampa senda partida polígono poblado pasaje parque parcela cuesta chalet urbanización urb acesso azinhaga caminho jardim praceta quinta viela bulw droga rynek szosa wyb ds dk jr kpg ki psr kp dusun παρ trg obala šetalište avenija ulica майдан провулок пров аллея ал rue avenue av ave boulevard bd bld bvd chemin ch allée allées impasse quai cours ruelle sentier faubourg passage venelle rond-point calle c avenida avda avd paseo pº plaza pza camino ronda travesía carretera ctra glorieta callejón bulevar rambla calzada andador retorno privada cerrada circuito prolongación blvd via viale piazza piazzale piazzetta corso largo vicolo strada contrada borgo lungomare rua r travessa tv largo praça alameda estrada rodovia beco ladeira calçada ulica ul aleja aleje al plac pl osiedle os rondo skwer strada str bulevardul bd bdul b-dul calea aleea șoseaua sos șos splaiul intrarea piața ulice třída nám ul náměstí οδός οδ λεωφόρος λεωφ λεωφόρου πλατεία πλ улица ул проспект пр пр-т переулок пер бульвар бул набережная наб площадь шоссе вулиця вул площа пл đường đ phố ngõ hẻm jalan jl jln gang gg kampung lorong jl شارع طريق رحوב רחוב שדרות דרך rúa carrer cr passeig praza ulitsa sokak via',
  ],
  [
    ROLE.unit,
    'apt apartment apartments apto apart apartamento apartado appartement appt app suite ste unit flat room rm building bldg block blk lot tower villa house studio office penthouse ph piso puerta pta portal escalera esc planta dpto depto departamento interior int interno scala piano palazzina appartamento bloco ap andar sala lote casa sobrado lok m mieszkanie lokal bus lgh lägenhet våning vån hus leil leilighet oppgang etasje dør wohnung whg stiege top tür haus hinterhaus vorderhaus eingang bl bloc sc et etaj scara daire d kat blok no kapı byt stan kat лв kv кв корп корпус стр офис подъезд διαμ όροφος căn hộ tầng phòng toà tòa level lvl shop plot door bât bâtiment bat résidence res lot dúplex local nave poste unidad torre floor fl hs h.no wing stage chalet cottage as',
  ],
  [
    ROLE.floor,
    'og eg ug dg stock obergeschoss etage étage étages etg floor floors fl hoog verdieping piso andar planta piano em emelet ajtó sal th tv mf dcha izq izda dto esq esquerdo direito fte floor етаж кат όροφος kat kerros krs patro poschodí piętro våning vån tr trappor 楼 etaj house ος η ο',
  ],
  [
    ROLE.number,
    'no nr n nº n° num número numero numéro number broj br č čp č.p č.p. num. αρ дом д số αριθ n.º # no. nr.',
  ],
  [
    ROLE.link,
    "de la las los le les du des d da do das dos z ze za w del della delle dello dei degli di van von der den het 't of the y e i und et na nad nade pod u v ve al el am an im in zum zur auf auf dem des bei op aan ter ten over upon under sur sous en lès près by bin ibn ben abu bint au aux à ob pri po od rue san sv",
  ],
  [
    ROLE.prefix,
    'am an im in zum zur auf unter vor hinter bei beim alte alter altes neue neuer neues kleine kleiner große großer grosse obere oberer untere unterer hintere vordere hohe hoher lange langer breite schmale sankt st nieuwe oude hoge lange korte grote kleine de den het ten ter van norra södra östra västra stora lilla gamla nya øvre nedre nordre søndre vestre østre gamle ny store lille vanha uusi iso pikku',
  ],
  [
    ROLE.district,
    'phường p quận q huyện xã thôn tp tỉnh thành kota kabupaten kecamatan kec kelurahan kel rt rw sector phase col colonia barrio bairro bº urb urbanización urbanização mah mahallesi mh mahalle ilçe köyü district dist taluk tehsil mandal delegación alcaldía partido zone zona area quarter county co parish stadtteil ot kerület ker dzielnica gmina powiat município distrito freguesia concelho province provincia prov județul jud sectorul sector obec okres г город обл область район р-н village vill po ps near opp opposite behind bp cs',
  ],
  [
    ROLE.box,
    'box bag postbox postfach casilla apartado apdo bp cs pobox postboks postbus skrytka boks pb postale postal',
  ],
  [
    ROLE.stop,
    'i we you he she it they my our your his her their this that these those there here is are was were be been has have had do does did would can could should may might must please thanks thank hi hello dear regards sincerely if when while because and or but so then than as not no yes for with from to at on by about into after before since until what who where why how which call ring email e-mail mail phone tel tél telefon telephone teléfono telefone telefono mobile cell fax contact office dob ssn id vat iban name date born website web www http https order invoice ref reference nr account customer client patient employee total price amount page chapter section figure fig table version step question item part level january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag tel. schreibe bitte ich wir der die das ein eine und oder mit von für handy kontakt ihre nous vous il elle merci bonjour courriel usted yo gracias hola correo móvil grazie signor il ik wij hij zij mijn met voor vi mitt hej och med för dziękuję pani bayan sayın benim adım telefonu also just only still now today tomorrow yesterday mr mrs ms dr prof sir madam attn attention year years percent hours minutes days weeks months kg km miles people users items units dollars euros usd eur gbp windows iphone android ios apple python java article artikel absatz paragraph kapitel seite abschnitt tabelle abbildung bild nummer version stand uhr euro watt wörter worte meter personen einwohner leute mann stück seiten zeichen mitarbeiter kunden mal prozent stunden tage wochen monate jahre minuten sekunden grad liter words chapters pages points million billion thousand jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun copyright author authors license licence inc ltd llc gmbh corp corporation foundation limited trustees release released since',
  ],
]

const COUNTRY_NAMES: ReadonlySet<string> = new Set(COUNTRIES.split('|').flatMap((name) => [name, fold(name)]))
const REGION_NAMES: ReadonlySet<string> = new Set(REGIONS.split('|').flatMap((name) => [name, fold(name)]))

const buildRoles = (): ReadonlyMap<string, number> => {
  const roles = new Map<string, number>()
  for (const [role, words] of LISTS) {
    for (const word of words.split(' ')) {
      for (const form of [word, fold(word)]) roles.set(form, (roles.get(form) ?? 0) | role)
    }
  }
  // A word that is both a road's and a sentence's is told apart by the grammar, not by the list.
  for (const word of [
    'st',
    'dr',
    'no',
    'mi',
    'level',
    'office',
    'in',
    'an',
    'am',
    'de',
    'die',
    'il',
    'do',
    'as',
    'co',
    'po',
    'part',
    'nr',
    'by',
  ]) {
    roles.set(word, (roles.get(word) ?? 0) & ~ROLE.stop)
  }
  return roles
}

const ROLES = buildRoles()

/** The roles of a word, given in small letters. */
export const rolesOf = (word: string): number => ROLES.get(word) ?? 0

export const isCountry = (name: string): boolean => COUNTRY_NAMES.has(name)
export const isRegion = (name: string): boolean => REGION_NAMES.has(name)
/** First words of names of several words, so that most words need no more than one look. */
const FIRSTS: ReadonlySet<string> = new Set(
  [...COUNTRY_NAMES, ...REGION_NAMES].map((name) => name.split(' ', 1)[0] ?? ''),
)
export const mayLeadName = (word: string): boolean => FIRSTS.has(word)

/** Ends of road names that are written in one word. */
const ENDINGS =
  'straße strasse str gasse gäßchen gässchen weg platz allee damm ufer ring steig stieg graben markt hof straat laan plein gracht kade singel plantsoen dreef dijk baan steeg park pad gata gatan gränd vägen väg gården backen stigen vei veien vegen veg gade gaden vej vejen stræde vænget toften parken allé bakken lia krok kroken svingen haugen alléen engen hagen jordet kollen lunden løkka marka myra plassen ringen skogen stien stubben toppen tunet vollen gränden gärdet allén katu tie kuja polku kaari raitti rinne ranta szágút tárút főút linja penger väylä utca útja straeti stræti gata vegur braut tún götu ucker'
    .split(' ')
    .filter((ending) => ending.length > 2)

/** Short ends that are sure only in longer words: "Mannerheimintie". */
const isEnd = (word: string, ending: string): boolean =>
  word.endsWith(ending) && word.length >= ending.length + (ending.length < 4 ? 4 : 3)

export const hasRoadEnding = (word: string): boolean => ENDINGS.some((ending) => isEnd(word, ending))

/** Whether a word, in small letters, may be a road's or a flat's, so that a number beside it is worth a look. */
export const isRoadWord = (word: string): boolean =>
  (rolesOf(word) & (ROLE.after | ROLE.before | ROLE.unit | ROLE.box)) !== 0

/** Whether a word, in small letters, is one of a sentence or a month: a number beside it counts something. */
export const isSentenceWord = (word: string): boolean => (rolesOf(word) & ROLE.stop) !== 0
