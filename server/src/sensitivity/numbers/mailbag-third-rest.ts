/* The second half of the third mailbag; see there. */
export const THIRD_REST = String.raw`de Meine PLZ ist {pc5}, liefern Sie dorthin?
de wohnhaft in {pc5} Dresden
de CH-{pcch} Zürich
de D-{pc5} Köln
de Zustellung nach A-{pcch} Graz
fr N° de sécurité sociale : {nir}
fr numéro de sécu {nirp}
fr NSS {nirp}
fr N° SS : {nir}
fr Carte Vitale : {nir}
fr Mon numéro d'assuré est le {nirp}
fr n° d'adhérent mutuelle {mrn}
fr adhérent n° {mrn}, MGEN
fr IPP : {mrn}
fr NIP patient {mrn}
fr Dossier médical n° {mrn}
fr N° de dossier patient : {mrn}
fr SIREN {siren}
fr n° SIREN : {sirenp}
fr SIRET : {siret}
fr Siret {siretp}
fr RCS Paris {siren}
fr TVA intracommunautaire : {tvafr}
fr N° TVA {tvafrs}
fr numéro de TVA intracom {tvafr}
fr Mon numéro fiscal est {spi}
fr numéro fiscal de référence : {spi}
fr n° fiscal {spi}
fr numéro SPI {spi}
fr Code postal : {pcfr}
fr CP {pcfr}
fr code_postal: {pcfr}
fr {pcfr} Paris
fr Je cherche un médecin dans le {pcfr}
fr nom;cp;ville\nIda;{pcfr};Paris
fr F-{pcfr} Paris
fr numéro national {nn}
fr N° BCE {kbo}
es Nº de la Seguridad Social: {nsse}
es número de afiliación {nsse}
es NAF {nsse}
es tarjeta sanitaria {cip}
es CIP: {cip}
es nº de historia clínica {mrn6}
es NHC {mrn6}
es Historia clínica: {mrn}
es número de póliza médica {member2}
es nº de asegurado {mrn}
es mi tarjeta de Sanitas es {mrn}
es N.I.F. {nif}
es NIF/CIF: {cif}
es CIF de la empresa {cif}
es C.I.F.: {cif}
es El NIF es {nif}, gracias
es VAT ES {vates}
es identificación fiscal {cif}
es RFC: {rfc}
es R.F.C. {rfcm}
es mi RFC con homoclave es {rfc}
es CURP {curp}
es número de seguro social {nssmx}
es NSS: {nssmx}
es CUIT {cuit}
es CUIL: {cuit}
es RUT {rut}
es R.U.T. {rut}
es NIT {nit}
es NIT. {nit}
es RUC {ruc}
es R.U.C. N° {ruc}
es RUC {rucec}
es RIF {rif}
es RNC {rnc}
es RUT de la empresa (Uruguay) {rutuy}
es DNI {dniar}
es D.N.I. N° {dniar}
es Código postal: {pces}
es C.P. {pces}
es cp: {pces}
es {pces} Madrid
it Codice fiscale: {cf}
it C.F. {cf}
it cod. fisc. {cf}
it CF/P.IVA {piva}
it P. IVA {piva}
it P.IVA: {piva}
it Partita IVA n. {piva}
it partita iva {vatit}
it la nostra p.iva è {piva}
it tessera sanitaria n. {team}
it numero tessera sanitaria {team}
it numero di cartella clinica {mrn6}
it ID paziente: {mrn}
it CAP {pcit}
it C.A.P. {pcit}
it cap: {pcit}
it {pcit} Roma
it 00184 Roma no, {pcit} Milano
pt NIF: {nifptp}
pt contribuinte n.º {nifpt}
pt Número de contribuinte {nifptp}
pt NIPC {vatpt}
pt NISS {niss}
pt número de segurança social {niss}
pt n.º de utente {snsu}
pt utente SNS {snsu}
pt cartão de cidadão {ccpt}
pt CPF: {cpf}
pt cpf {cpfp}
pt meu cpf é {cpf}
pt CNPJ: {cnpj}
pt cnpj {cnpjp}
pt CNPJ/MF nº {cnpj}
pt inscrita no CNPJ sob o nº {cnpj}
pt Cartão SUS {sus}
pt CNS: {sus}
pt carteirinha da Unimed {mrn}
pt número do prontuário: {mrn6}
pt CEP {pcbr}
pt CEP: {pcbr}
pt código postal {pcpt}
pt {pcpt} Lisboa
nl BSN: {bsn}
nl burgerservicenr {bsn}
nl BTW-nummer: {btw}
nl btw nr {btw}
nl BTW-id {btw}
nl KBO-nr {kbo}
nl Ondernemingsnr. {kbo}
nl patiëntnummer {mrn}
nl patiëntnr. {mrn6}
nl zorgpas {mrn}
nl relatienummer bij mijn zorgverzekeraar {mrn}
nl verzekerdennummer: {mrn}
nl postcode {pcnl}
nl Postcode: {pcnl}
nl pc {pcnl}
nl ik woon op {pcnl}
pl NIP: {nip}
pl NIP {nipp}
pl nr NIP {nip}
pl numer NIP naszej firmy to {nipp}
pl NIP UE {vatpl}
pl REGON {regon}
pl PESEL {pesel}
pl nr PESEL: {pesel}
pl Numer karty pacjenta {mrn}
pl nr kartoteki pacjenta {mrn6}
pl kod pocztowy {pcpl}
pl kod: {pcpl}
pl {pcpl} Warszawa
sv Org.nr: {orgse}
sv organisationsnummer {orgse}
sv Momsreg.nr {vatse}
sv personnr {pnrs}
sv journalnummer {mrn}
sv Patientnummer: {mrn}
sv Postnr {pcse}
sv 114 Stockholm nej, {pcse} Stockholm
da CVR: {cvrs}
da CVR-nr. {cvr}
da CPR: {cpr}
da sundhedskort {cpr}
da Postnr. {pcdk}
da {pcdk} Frederiksberg
no org.nr. {orgno}
no Organisasjonsnummer: {orgnop} MVA
no fødselsnr. {fnr}
fi Y-tunnus: {ytunnus}
fi ALV-numero {alv}
fi henkilötunnus {hetu}
tr Vergi no: {vkn}
tr VKN {vkn}
tr vergi kimlik no {vkn}
tr vergi numaramız {vkn}
tr TC: {tckn}
tr T.C. Kimlik No: {tckn}
tr Hasta no {mrn}
tr SGK no {mrn}
tr protokol no {mrn} (hastane)
tr Posta kodu {pctr}
tr {pctr} İstanbul
cs DIČ: {dic}
cs IČO: {ico}
cs r.č. {rc}
cs číslo pojištěnce {rc}
cs PSČ {pccz}
sk IČ DPH {skdph}
hu Adószám: {adoszam}
hu TAJ szám: {taj}
hu TAJ: {taj}
ro CUI {cui}
ro CIF: {cui}
ro CNP {cnp}
ro cod fiscal {cuip}
bg ЕГН {egn}
bg ДДС номер {vatbg}
hr OIB: {oib}
sr ПИБ {pib}
sr PIB: {pib}
sl EMŠO: {emso}
et isikukood {ik}
lt asmens kodas: {asmens}
el ΑΦΜ: {afm}
el Α.Φ.Μ. {afm}
el ΑΜΚΑ {amka}
ru ИНН: {innl}
ru ИНН физлица {innp}
ru СНИЛС {snils}
ru Почтовый индекс: {pcru}
ru {pcru}, Москва
uk ЄДРПОУ {edrpou}
uk РНОКПП: {rntrc}
uk ІПН {rntrc}
he ח.פ. {hp}
he ת.ז. {teudat}
zh 统一社会信用代码：{uscc}
zh 纳税人识别号 {uscc}
zh 税号：{uscc}
zh 统一编号：{ubn}
zh 统编 {ubn}
zh 病历号：{mrn}
zh 住院号 {mrn6}
zh 就诊卡号：{mrn}
zh 医保卡号 {mrn}
zh 社保号 {cnid}
zh 邮编：{pccn}
zh 邮政编码 {pccn}
ja 法人番号：{jpcn}
ja 法人番号は{jpcn}です
ja 診察券番号 {mrn}
ja 患者ID：{mrn6}
ja 被保険者番号 {mrn}
ja 〒{pcjp}
ja 郵便番号：{pcjp}
ko 사업자등록번호 {brn}
ko 사업자번호: {brn}
ko 환자번호 {mrn}
ko 등록번호: {mrn} (병원)
ko 우편번호 {pckr}
th เลขประจำตัวผู้เสียภาษี {thidp}
th HN {hn}
th เลข HN: {hn}
th รหัสไปรษณีย์ {pcth}
vi Mã số thuế: {mst}
vi MST {mst}
id NPWP: {npwp}
id NIK {nik}
id No. BPJS {bpjs}
id Kode pos {pcin}
`
