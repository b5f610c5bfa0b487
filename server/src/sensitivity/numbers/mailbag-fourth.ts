/*
 * The fourth mailbag: written in other words, after the third had been used to improve what is found. What it
 * scored at first sight is in mailbag.test.ts.
 */
export const FOURTH = String.raw`
en Summarise this referral: male, 54, MRN: {mrn}, chest pain since Tuesday.
en Insurance: BlueCross\nMember #: {memlong}\nGroup: 77120
en What are my options if the insurer says policy {member2} lapsed? It is private health cover.
en The number on my health insurance card is {member3}.
en My doctor's office keeps asking for my insurance ID, it's {memlong}.
en Patient {mrn} (bed 12) needs a new dressing.
en Her patient reference with the clinic is {mrnx}
en hospital reg. no: {mrn}
en NHS patient, number {nhs}, date of admission 3 May
en NHS#: {nhsp}
en nhsNo: '{nhsp}'
en his N.H.S. number is {nhs}
en Health & Care Number: {nhsd}
en "mbi": "{mbip}"
en Medicare beneficiary {mbi}
en Beneficiary ID on the Medicare card: {mbip}
en Medicaid recipient number {mrnx}
en mrn={mrn}&dept=onc
en Encounter for patient with medical record no. {mrn6}
en hospital_number,surname\n{mrnx},Hale
en | MRN | Age |\n| --- | --- |\n| {mrn} | 44 |
en <patientId>{mrn}</patientId>
en update visits set seen = 1 where mrn = {mrn};
en The vet? No, the hospital: file no. {mrn6}, patient on ward 9.
en Health insurance policy no.: {polno}
en Certificate of health insurance, no. {member2}
en subscriber's ID number: {memlong}
en claimant's health plan number is {member}
en Medicare number (AU): {aumed}
en IHI / Medicare card {aumedd}
en health card number is {ohip} in Ontario
en BC Services Card PHN: {phn}
en NHI: {nhi}
en The EIN for our LLC is {ein}, can you fill in the form?
en Employer ID Number (EIN) {ein}
en federal employer id {ein}
en Tax ID/EIN {ein}
en company_tax_id: {ein}
en taxId={ein}
en My accountant asked for my ITIN. It's {itin}.
en ITIN no.: {itin}
en UTR no. {utr}
en taxpayer ref. {utr}
en Your Unique Taxpayer Reference (UTR) is {utr}.
en VAT registered under {vatgb}
en VAT number of the customer = {vatbe}
en our VAT identification number reads {ustid}
en VAT ID no. {tvafr}
en customer_vat: "{vatit}"
en Seller's VAT reg.: {vatpl}
en Check the VAT number {vatie} in VIES please
en Australian Business Number: {abn}
en invoice footer: ABN {abnp}
en TFN - {tfn}
en Inland Revenue number {ird}
en GST Registration Number (GSTIN) : {gstin}
en Permanent Account Number {pan}
en PAN of the tenant is {pan}
en CRA business number: {gstca}
en company TIN (Kenya) {kepin}
en TIN (Philippines): {tinph}
en the partner's NIF in Spain, {cif}
en SIRET number of the French branch: {siret}
en SIREN no. {siren}
en German tax number {steurnr}
en German tax identification number: {steuerid}
en Polish NIP number {nipp}
en Italian VAT (partita IVA) {piva}
en Dutch BTW number {btw}
en Swedish organisation number {orgse}
en Danish CVR number {cvr}
en Chinese unified social credit code {uscc}
en Japanese corporate number {jpcn}
en Indian GSTIN for billing: {gstin}
en Brazilian CNPJ number {cnpj}
en Mexican RFC {rfc}
en Argentine CUIT {cuit}
en SSN ending? Full one is {ssn}
en the employee's Social Security No. is {ssns}
en SocialSecurityNumber: {ssn}
en social_security_number={ssnp}
en borrower SSN {ssn}, co-borrower SSN {ssn}
en Is {ssn} a real SSN?
en my Social Insurance Number: {sin}
en SIN#: {sin}
en national insurance no: {nino}
en NINO on the payslip: {ninop}
en Can you format this NI number: {ninop}
en PPS number - {pps}
en Citizen ID: {thid}
en Thai national ID {thidp}
en Aadhaar number of the nominee {aadhaar}
en South African ID: {zaid}
en SA ID no {zaid}
en Emirates ID {emirates}
en NRIC No. {nric}
en Pakistani CNIC {cnic}
en Korean RRN {rrn}
en Finnish personal identity code {hetu}
en Swedish personal identity number {pnr}
en Danish CPR number {cpr}
en Norwegian national ID {fnr}
en Polish PESEL number: {pesel}
en Belgian national register number {nn}
en Dutch BSN: {bsn}
en Italian tax code {cf}
en Spanish DNI {nif}
en my Spanish NIE is {nie}
en Chilean RUT {rut}
en Swiss AHV number {ahv}
en Turkish ID number {tckn}
en Israeli ID {teudat}
en Bulgarian EGN: {egn}
en Czech birth number {rc}
en Postal code: {pcca}
en Postal/ZIP code {zip}
en Post Code {pcuk}
en ZIP: {pcdk}
en Zip Code   {zip}
en Zip Code is: {zipe}
en "postal_code": "{pc5}"
en 'zipcode': {zip},
en postCode={pcgb4}
en zip;city\n{zipe};Dayton
en first,last,postcode\nIda,Hale,{pcgb3}
en | City | Postcode |\n|---|---|\n| Leeds | {pcgb3} |
en <input name="zip" value="{zip}">
en <postcode>{pcgb3}</postcode>
en Find stores close to {zip}
en I moved to {pcgb3} last year
en our office is at {pcca}
en the customer's zip code should be {zipe} not 10001
en What's the median rent in {zip}?
en deliver to zip code {zip4}
en AVS check failed for postal code {pcgb3}
en Ship-to ZIP {zip}
en select * from stores where zip = '{zip}'
en /api/v1/weather?zipcode={zip}
en my eircode is {pcie}
en Pin code: {pcins}
en Pincode {pcin}, Mumbai
de Bitte Rezept für Versichertennummer {kvnr} ausstellen.
de Krankenversicherungsnr.: {kvnr}
de Vers.-Nr. {kvnr}
de versichert bei der TK unter {kvnr}
de Patientenakte Nr. {mrn6}
de PatientenID = {mrn}
de Fall-Nr.: {mrn} / Station 4
de Aufnahmenr. {mrn}, Entlassbrief folgt
de Sozialversicherungsnummer (AT): {svnr}
de AHV-Nummer lautet {ahv}
de Meine Steuer-ID ist {steueridp}
de Steueridentifikationsnr. {steuerid}
de Steuernr.: {stnr}
de USt-ID {ustid}
de Ust-Id-Nr: {ustid}
de UID-Nr. {uidat}
de Unternehmens-ID {uidch}
de MwSt-Nummer {uidch} MWST
de PLZ {pc5}, Ort Köln
de Lieferadresse: {pc5} Hamburg
de Ich wohne in {pc5} Leipzig.
de Ort: {pcch} Zürich
fr Numéro d'identification au répertoire : {nir}
fr mon n° de sécu est {nirp}
fr assuré(e) n° {nir}
fr Numéro d'assurance maladie {nir}
fr N° patient : {mrn}
fr numéro de mutuelle {mrn}
fr carte de mutuelle n° {mrn}
fr numéro d'entreprise {kbo}
fr n° de SIRET {siretp}
fr SIREN : {siren}
fr numéro de TVA : {tvafrs}
fr identifiant fiscal {spi}
fr mon code postal est le {pcfr}
fr code postal: {pcfr}, ville: Lyon
fr J'habite à {pcfr} Toulouse
es número de tarjeta sanitaria {cip}
es Tarjeta sanitaria nº {cip}
es Nº afiliación SS {nsse}
es Núm. historia {mrn6}
es paciente nº {mrn}
es número de asegurado {mrn}
es póliza de salud {member2}
es el NIF del autónomo es {nif}
es N.I.F./C.I.F. {cif}
es Registro Federal de Contribuyentes: {rfc}
es Clave CURP: {curp}
es CUIT N° {cuit}
es cédula RUT {rut}
es NIT No. {nit}
es Número de RUC {ruc}
es código postal es {pces}
es CP {pces}, Madrid
es vivo en {pces} Sevilla
it numero di partita IVA: {piva}
it P.Iva {piva} - C.F. {cf}
it il mio codice fiscale è {cf}
it tessera sanitaria {team}
it cartella clinica n. {mrn6}
it codice di avviamento postale {pcit}
it CAP: {pcit} - Città: Roma
pt nº de contribuinte: {nifptp}
pt NIF {nifpt}
pt CNPJ da empresa: {cnpj}
pt CPF nº {cpf}
pt número do SUS: {sus}
pt nº da carteirinha {mrn}
pt número de utente: {snsu}
pt meu CEP é {pcbr}
pt CEP {pcbr}, São Paulo
nl mijn BSN is {bsn}
nl BTW-identificatienummer {btw}
nl ondernemingsnummer: {kbo}
nl polisnummer zorgverzekering {mrn}
nl patiënt-ID {mrn}
nl postcode is {pcnl}
nl {pcnl} Amsterdam
pl mój NIP to {nip}
pl numer PESEL {pesel}
pl nr ubezpieczenia {mrn}
pl ID pacjenta: {mrn}
pl kod pocztowy: {pcpl}
pl {pcpl} Kraków
sv personnummer: {pnr}
sv organisationsnr {orgse}
sv VAT-nr {vatse}
sv postnummer {pcse}
da CPR-nummer {cpr}
da CVR-nummer: {cvr}
da postnummer: {pcdk}
fi y-tunnus {ytunnus}
fi Hetu: {hetu}
no Fødselsnummer: {fnr}
no Org nr {orgno}
tr TC kimlik numaram {tckn}
tr Vergi kimlik numarası: {vkn}
tr hasta numarası {mrn}
tr posta kodu: {pctr}
cs rodné číslo {rc}
cs IČ {ico}, DIČ {dic}
hu adószám {adoszam}
hu TAJ-szám: {taj}
ro cod unic de înregistrare {cui}
ro cod numeric personal {cnp}
ru ИНН {innl}
ru индекс {pcru}
uk код ЄДРПОУ {edrpou}
el ΑΦΜ {afm}
el ΑΜΚΑ: {amka}
zh 身份证号码是{cnid}
zh 统一社会信用代码 {uscc}
zh 病案号 {mrn}
zh 邮政编码：{pccn}
ja 患者番号：{mrn6}
ja 法人番号 {jpcn}
ja 郵便番号 {pcjp}
ko 주민등록번호: {rrn}
ko 사업자등록번호: {brn}
th บัตรประชาชน {thid}
vi mã số thuế {mst}
id nomor NPWP {npwp}
id NIK: {nik}
`
