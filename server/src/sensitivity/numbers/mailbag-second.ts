/*
 * The second mailbag: written in other words, after the first had been used to improve what is found. What it
 * scored at first sight is in mailbag.test.ts.
 */
export const SECOND = String.raw`
en Could you rewrite this note? Pt w/ MRN of {mrn} seen in clinic today, BP fine.
en The discharge summary belongs to record {mrnx}, not to the other patient.
en Re: patient {mrn6} - please call the lab about the potassium.
en I'm insured with Cigna under {member}. Is physio covered?
en My mum's NHS no. is {nhs} and the appointment is on Monday.
en Please quote NHS number {nhsp} in all letters.
en Insurance (Humana), member {member2}, group {group}
en Medicare claim for beneficiary {mbip} was denied twice.
en Enrollee number: {member3}
en the hospital gave me a wristband that says {mrn}, what does it mean
en Health insurance claim: policyholder number {member2}
en OHIP {ohip} needs a new version code
en Dear sir, we received EIN {ein} but the W-9 shows another.
en IRS letter CP575 says our EIN is {ein}
en Tax ID on file is {ein}; please update.
en He gave an ITIN of {itin} for the mortgage.
en HMRC wants my UTR which is {utr}
en my german tax ID (Steuer-ID) is {steuerid}
en Her TFN, {tfn}, was leaked
en GST registration {gstin} for the Pune office
en Attach PAN {pan} to the rent receipt
en the vendor's VAT ID is {vatgb}
en The applicant's social is {ssn}.
en ssn - {ssnp}
en SSN on the W-2 reads {ssn}, which is wrong
en I gave them my social security: {ssns}
en Applicant's SIN ({sin}) must match the T4.
en NI no. {nino} for the new starter
en N.I. number: {ninop}
en Aadhaar no {aadhaar} mismatch
en my identity number, {zaid}, is on the affidavit
en National ID of the witness: {nric} (Malaysia)
en PPSN {pps}
en Passport {pass2} was stolen in Rome
en I'm travelling on passport {passus}.
en The visa form wants the passport no. - mine is {pass1}
en copy of passport ({pass2}) attached
en Licence number {dlgb}, six points
en Her driver license: {dlca} (CA)
en DL {dlfl} suspended
en Vehicle {plategb} was seen on the A40
en hit and run, plate number {plateus}
en My car's plate reads {plateus2}
en parking permit for {plategb} please
en Worker {empx} reported the leak; employee ID {empx}
en ticket for customer #{cust8}
en her employee no. is {emp}
en loyalty card number {cust8}
en student number: {stud}
en transfer to account {acct8}, sort {sort}
en a/c {acct8} s/c {sort}
en my checking account number ends a long story: {acct12}
en ACH: routing {aba} / account {acct}
en Bank acct: {acct}
en zip {zip}
en Zip: {zipe}
en what county is {zipe} in? it's a zip code
en my area's postcode is {pcuk}
en deliver to {pcuk2} before noon
en The office moved to Ottawa {pcca}.
en taxes in zip code {zip4}
en I'm at {phus}, call any time
en Mobile no: {phgb}
en dial {phgb2} and ask for me
en New phone who dis: {phus2}
en T: {phgb3}
en reach out via {phus4} (text only)
en give him a ring on {phgb}
en +1 number: {phus3}
en cc {cards} exp 11/28
en the card {cardp} was declined
en refund to IBAN {iban}
en id check failed for {pesel}
en {steueridp}
en customer wrote: "{bsn} is my BSN"
en She is Polish, her PESEL: {pesel}
en The TC number {tckn} is not accepted
en codice fiscale {cf} for the lease
en CPF no. {cpf}
en a CNPJ ({cnpj}) is required
en nif {nif} / nie {nie}
en AHV {ahv} is missing on the payslip
en {"mrn":"{mrnx}","nhs_number":"{nhsp}"}
en {"employeeId": "{emp}", "taxId": "{ein}", "zip": "{zipe}"}
en id,passport_number,phone\n1,{pass2},{phus}
en | Name | MRN |\n| --- | --- |\n| Ito | {mrn} |
en dob 1/2/1980; ssn {ssn}; plate {plateus}
es Soy paciente de La Paz, mi número de historia es {mrn}
es Su tarjeta sanitaria ({cip}) ha caducado
es el SIP del menor es {sip}
es póliza de Adeslas nº {mrn}
es Adjunto mi DNI, {nif}
es El número de identidad de extranjero es {nie}
es NIF del titular: {nif}
es la empresa con CIF {cif}
es DNI n.º {nifh}
es Mi cédula RUT {rut}
es el CURP de mi hija: {curp}
es Para la factura, RFC {rfc}
es CUIT: {cuit}
es Viajo con pasaporte {pass2}
es Mi coche, matrícula {platees}, está en el depósito
es carnet de conducir {nif}
es cuenta {acct12} del BBVA
es Soy el cliente {cust8}
es mi código postal es el {pc5}
es CP: {pc5}
es mi teléfono: {phes}
es llamar al {phes2} por las tardes
es Whatsapp {phes}
de Mein Versichertenstatus? Nummer {kvnr}
de Versicherten-Nr.: {kvnr}, Barmer
de Krankenkassenkarte mit der Nummer {kvnr}
de Patienten-Nr. {mrn}, Befund fehlt
de Das Finanzamt hat mir die Steuer-ID {steueridp} geschickt
de Steuernummer: {stnr}
de meine SteuerID {steuerid}
de Umsatzsteuer-ID {ustid}
de Sozialversicherungsnr. {svnr}
de Ausweis {perso} abgelaufen
de Reisepass Nr. {passde}
de Mein Führerschein hat die Nummer {dlde}
de Auto mit dem Kennzeichen {platede}
de Nummernschild {platede2}
de Mitarbeiternummer {emp}
de Kunde {cust8}, Kundennr. siehe oben
de Konto {acct} bei der Sparkasse
de BLZ {blz}, Kontonr. {acct}
de PLZ: {pc5}
de wohnhaft in {pc5} Leipzig
de erreichbar unter {phde}
de Mobil: {phde}
de meine neue Handynummer: {phde}
fr Mon n° de sécurité sociale : {nir}
fr assurée n° {nirp}
fr Mutuelle MGEN, adhérent {mrn}
fr numéro de dossier médical {mrn6}
fr SIREN/SIRET non, mais n° fiscal {acctx13}
fr passeport : {passfr}
fr permis n° {dlfr}
fr ma voiture, immatriculée {platefr}
fr la plaque {platefr}
fr mon matricule est {emp}
fr client n° {cust8}
fr Code postal {pcfr}
fr mon code postal est le {pcfr}
fr tél. {phfr}
fr rappelez-moi au {phfr}
fr port. {phfr2}
it codice fiscale: {cf}
it il CF è {cf}
it partita iva {piva}
it n. tessera sanitaria {team}
it passaporto n. {pass2}
it la mia targa è {plateit}
it matricola dipendente {emp}
it il mio CAP è {pc5}
it tel. {phit2}
it cellulare: {phit}
it chiamare il {phit}
nl mijn burgerservicenummer is {bsn}
nl BSN: {bsn}
nl polisnummer zorgverzekering {mrn}
nl Patiëntnr. {mrn6}
nl kenteken: {platenl}
nl mijn paspoort {pass2}
nl klantnr {cust8}
nl mijn postcode is {pcnl}
nl telefoonnummer {phnl}
nl bereikbaar op {phnl}
pl mój pesel: {pesel}
pl nr PESEL {pesel}
pl NIP: {nip}
pl paszport nr {pass2}
pl numer rejestracyjny {platepl}
pl nr klienta {cust8}
pl mój kod pocztowy to {pcpl}
pl telefon: {phpl}
pl proszę dzwonić {phpl}
pt meu cpf: {cpf}
pt NIF: {nifpt}
pt o NIF dela é {nifptp}
pt utente n.º {utente}
pt cartão do SUS {sus}
pt CNPJ da empresa {cnpj}
pt placa do carro {platebr}
pt meu CEP é {pcbr}
pt telemóvel {phpt}
pt WhatsApp {phbr}
sv personnummer {pnr}
sv mitt pnr {pnrs}
sv bilen {platese}
sv pass nr {pass8}
sv mitt postnummer är {pcse}
sv telefon {phse}
sv nå mig på {phse}
tr kimlik numaram {tckn}
tr TC: {tckn}
tr vergi kimlik no {vkn}
tr araç plakası {platetr}
tr pasaportum {pass1}
tr telefonum {phtr}
tr cep telefonu {phtr}
th บัตรประชาชนเลขที่ {thid}
th เลขบัตร {thidp}
th ป้ายทะเบียน {plateth}
th บัญชีเลขที่ {acctd}
th เบอร์โทร {phth}
th โทรศัพท์ {phth}
zh 身份证号码：{cnid}
zh 我身份证{cnid}
zh 护照：{pass2}
zh 车牌是{platecn}
zh 患者病历号 {mrn6}
zh 员工编号 {emp}
zh 邮编：{pccn}
zh 电话：{phcn}
zh 联系方式 {phcn}
`
