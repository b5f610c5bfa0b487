/*
 * What is known of real names: which given names are a woman's or a man's, which words are names and ordinary
 * words at once, and what stands around names without being one.
 */
const set = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Folded. */
export const WOMEN = set(
  'maria anna anne ana emma sophie sofia sophia laura julia lisa lena lea mia hannah johanna katharina kathrin katrin christina christine kristina petra sabine susanne monika ursula andrea claudia martina birgit heike renate helga ingrid gisela karin angelika gabriele brigitte elisabeth elizabeth margaret mary patricia jennifer linda barbara susan jessica sarah sara karen nancy betty sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon cynthia kathleen amy angela shirley brenda pamela nicole helen samantha catherine olivia charlotte amelia isla ava chloe ella lucy grace alice ruby jane kate claire marie camille manon chloe lea ines jade louise juliette isabelle sylvie nathalie valerie veronique sandrine carmen dolores pilar lucia elena marta paula cristina isabel rosa teresa beatriz giulia chiara francesca martina alessia elisa valentina paola rosanna joana ines mariana catarina leonor matilde agnieszka malgorzata katarzyna krystyna ewa elzbieta zofia jadwiga danuta magdalena joanna aleksandra zuzanna natalia ingeborg astrid freja ida linnea elin sigrid kerstin birgitta fatma ayse emine hatice zeynep elif meryem merve esra irina olga natasha svetlana tatiana ekaterina anastasia sanne femke lotte fleur marieke priya ananya aisha fatima leila yasmin mei ling yuki sakura hanako hye eun анна мария елена ольга наталья ирина татьяна светлана екатерина анастасия юлия людмила галина 芳 娜 敏 静 丽 娟 艳 美 雅 婷 花子 美咲 さくら สมหญิง มาลี',
)
export const MEN = set(
  'john james robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry peter zachary douglas harry oliver liam noah lucas luke hans peter klaus jurgen wolfgang dieter manfred uwe gunter horst bernd karl walter stefan andreas markus matthias sebastian tobias florian felix lukas jonas leon finn maximilian philipp jan tim niklas moritz johannes martin christian jean pierre michel andre philippe alain bernard jacques louis nicolas julien antoine hugo gabriel arthur etienne francois guillaume antonio manuel francisco juan jose javier carlos miguel alejandro pablo sergio fernando jorge luis alberto diego marco luca matteo lorenzo giovanni giuseppe francesco andrea alessandro roberto paolo stefano joao pedro rui tiago goncalo andrzej piotr krzysztof stanislaw tomasz pawel jozef marcin marek michal grzegorz jerzy tadeusz adam lukasz jakub lars erik nils anders johan karl gustav oskar axel bjorn sven olof mehmet mustafa ahmet ali huseyin hasan ibrahim ismail osman yusuf emre burak ivan dmitri sergei vladimir alexei mikhail nikolai igor daan sem bram jeroen pieter willem raj arjun vikram mohammed muhammad omar khalid wei hiroshi takeshi taro kenji min jun иван сергей александр дмитрий алексей андрей михаил николай владимир игорь павел 伟 强 磊 军 勇 杰 明 太郎 健太 สมชาย วิชัย',
)

/** Folded words that are names and ordinary words in some language that we expect: alone and in small letters they are words. */
export const ORDINARY = set(
  'name mark may rose will grace hope bill pat rob sue dawn joy faith art gene frank earl duke dean chase chance drew grant guy jack jay lance max miles nick pearl ray rich rusty skip sterling sunny victor ward wade young king long price brown white green black gray grey stone wood woods hill day park lake field cook baker page case rice rivers marsh banks cash church law love little small short strong sharp swift bright moon star summer winter snow frost fox wolf bird fish lamb bush berry flower forest glass gold silver steel iron coal sand shore ford bridge gates hall house home kitchen bell ball cross crown cannon hunter fisher farmer miller taylor carter porter potter turner walker shepherd bishop pope abbot noble early best good power major minor post case bond bank bankes drake hay heath holly ivy iris lily daisy violet ginger hazel jasmine olive amber ruby crystal april june august autumn melody harmony carol angel destiny charity mercy patience prudence sage basil reed brook cliff dale glen heather robin jewel sandy sonny buddy buck chip cole dash dusty ace baron blaze bo christian china paris london berlin sydney florence georgia virginia carolina dakota austin dallas houston jordan israel kenya asia may june klein gross lang kurz jung alt neu weiss schwarz braun roth rot grun gruner blau koch bauer muller richter schneider schmidt schmied jager fischer weber wagner zimmermann schafer becker beck kaiser konig graf herzog furst vogel vogt hahn hase stein berg tal bach fels feld wald baum busch dorn sommer winter herbst fruhling mai april sonntag montag freitag reich stark kraft lieb liebe ehrlich fromm frei friede gut hart kalt kern kohl kraus krug licht lohn mann meister morgen nacht pfeffer salz pilz rast ritter sauer schatz scherer schild schnell sturm teufel thaler uhl voll wand wirt wunder zahn ziel zeit blanc noir petit grand leroy roi marchand berger boulanger meunier fontaine riviere roche pierre bois champ colin martin simon leon blanco negro moreno rubio delgado leal bravo cruz reyes iglesias torres campos flores rosa leon luna mar sol cielo angel jesus dolores pilar soledad socorro consuelo esperanza paz luz bianchi rossi neri verdi grassi conti russo ferrari costa villa porta monti serra greco luce stella chiara vita sousa silva costa ramos rocha lima pinto neves leite cardoso prado dias jong groot klerk bakker visser boer smit dekker vos wit zwart groen nieuwe oude bos berg dijk kok koning prins mulder lis wilk zajac mazur krol pan nowy gora deniz su can umut ates yildiz gunes ay bahar yagmur toprak kaya demir celik aslan kurt ozturk guven baris savas ozgur meral вера надежда любовь слава роман майя лев заяц волк мороз гора',
)

/** Of those, the ones that often begin a sentence: capitalised there they are words as well. */
export const OPENING = set(
  'may will mark bill hope grant can rob sue dawn chase drew pat skip art guy jack long young little small short strong good best love rich sunny early weiss major church bank home house day summer winter april june july august autumn mai juni april gross klein lang kurz jung alt neu gut hart kalt reich stark frei petit grand bon nova sol paz grande bello caro nieuwe lis nowy su can umut вера надежда любовь',
)

/** Titles and forms of address, folded, without dots. */
export const TITLES = set(
  'mr mrs ms miss mx sir madam dr prof professor doctor rev reverend hon judge officer sgt capt lt col gen herr herrn frau fraulein dipl ing mag m mme mlle monsieur madame mademoiselle maitre me sr sra srta senor senora senorita don dona sig signor signora signorina dott dottssa dottor dottoressa avv snr senhor senhora dra mevrouw mevr dhr heer pan pani panu pana panie panstwo fru froken hr bay bayan beyefendi hanim bey hanimefendi sayin г гн госпожа господин пан пани κυριος κυρια κ κα patient patientin paciente client kunde kundin dear hello hi hey hallo liebe lieber sehr geehrte geehrter cher chere hola ciao ola querido querida caro cara beste kara dziękuję drogi droga hej sevgili',
)

/** Titles as they are written where they have marks. Another word that folds to a title is none: Şir is no Sir. */
export const MARKED_TITLES = set(
  'señor señora señorita fräulein fröken maître kära käre hanım hanımefendi sayın państwo κύριος κυρία',
)

/**
 * Titles that are names too: by themselves they are titles before a dot, and in the languages told here. Left as
 * a title by mistake a name would leave; a title taken for a name comes back.
 */
export const TITLES_AND_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ...'judge kara cara caro cher chere dear beste lieber liebe kunde gen col sig hon mag hey mae'
    .split(' ')
    .map((word): [string, readonly string[]] => [word, []]),
  ['don', ['es', 'it', 'pt']],
  ['dona', ['es', 'pt']],
  ['pan', ['pl']],
  ['pana', ['pl']],
  ['heer', ['nl']],
  ['bay', ['tr']],
  ['bey', ['tr']],
])

/** Particles that stay where they are written with a capital, and what a name's words may have between them. */
export const NOBLE = set(
  'von van der den de del della di da dos das do du des la le les ter ten te el al bin ibn ben abu st mac mc af av jr sr ii iii iv phd md',
)

/** Words inside names that name nobody, folded. */
export const PARTICLES = set(
  'von van der den de del della di da dos das do du des la le les ter ten te zu zum zur vom and und et y e i el al bin ibn ben bint abu st saint mac mc o d l af av jr sr ii iii iv phd md esq jun sen geb nee née to the of in at for with and or is was a an mit auf bei fur an am im von aus',
)

/** Forms of address behind a name in scripts without blanks. */
export const WIDE_TITLES: readonly string[] =
  '先生 女士 小姐 太太 医生 醫生 老师 老師 教授 经理 經理 总 主任 博士 律师 律師 同学 さん 様 さま 氏 君 くん ちゃん 先輩 部長 課長 씨 님 선생 선생님 과장 부장 대리 교수 박사 환자'.split(
    ' ',
  )

/** Before a name in scripts without blanks; longer first. */
export const WIDE_PREFIXES: readonly string[] = 'นางสาว นาย นาง คุณ ด.ช. ด.ญ. ดร. 阿'.split(' ')
