/*
 * The first mailbag: what people write to an assistant, into a ticket, a form, a mail. `{name}` stands for a
 * value of mailbag-values.ts. One text a line after its language; `\n` is a new line.
 */
export const FIRST = String.raw`
en Hi, can you draft an appeal letter? MRN {mrn}, denied on the 3rd.
en The patient (mrn# {mrn6}) came back with a fever last night.
en Medical record no. {mrnx} needs to be merged with {mrnx}
en pls pull the chart for {mrnx}, that's her medical record number
en My NHS number is {nhs} and I need a repeat prescription.
en nhs no: {nhsp}
en NHS {nhs}, GP surgery on the high street
en I lost my card, the NHS number on it was {nhsp} I believe
en Her Medicare number is {mbi}, effective since March.
en medicare beneficiary identifier: {mbip}
en MBI {mbip} / Part B only
en My insurance member ID is {member} with Aetna.
en Blue Cross ID: {member}, group {group}
en Subscriber ID {member2}. Why did they reject the claim?
en My health plan policy number {member3} expired, what do I do?
en policy no. {member2} (health), please add my daughter
en Health card number is {ohip}, I'm in Ontario.
en Medicare card {aumed}, ref 2, expiry next June
en NHI number {nhi}, seen at Auckland hospital
en Patient ID: {mrn}\nWard: 4B\nComplaint: chest pain
en Patient identifier {mrn6}, allergic to penicillin
en chart number {mrnd} - patient refuses insulin
en Hospital number {mrn6}. Please chase the biopsy result.
en {"patient_id": "{mrn}", "diagnosis": "asthma"}
en patient_mrn,ward\n{mrn},ICU\n{mrn},ER
en Insurance card says ID# {member} RxBIN 610014
en Medicaid ID {mrnx} was cancelled without notice.
en Her ITIN is {itin}, she has no social.
en I file with an ITIN ({itin}) every year
en Our EIN: {ein}. Do we need a W-9?
en employer identification number {ein}, tax year 2023
en The company's federal tax id is {ein}
en FEIN {ein}
en My UTR is {utr}, HMRC keeps rejecting it
en Unique Taxpayer Reference: {utr}
en self assessment for UTR {utr} is overdue
en VAT reg no {vatgb} on the invoice
en My TFN is {tfn} - is it ok to give it to my boss?
en tax file number {tfn}
en ABN {abn}, registered for GST
en IRD number {ird}, tax code M
en My PAN is {pan}, please link with Aadhaar {aadhaar}.
en PAN card no: {pan}
en GSTIN: {gstin}
en Please invoice GST no. {gstin}
en taxpayer id {ein}, see attached 1099
en TIN: {ssn}
en my tax number in Germany is {steuerid}
en I need to tell the landlord my SSN, it's {ssn}, is that safe
en ssn {ssnp}
en Social: {ssn}
en my social security number is {ssns}
en Soc Sec # {ssn} on the form is wrong
en last name on file, SS# {ssn}
en Her SIN is {sin}, moved to Toronto in May.
en social insurance number: {sin}
en National insurance number: {nino}
en my NI number is {ninop}
en NINO {ninop} payroll starts Monday
en Her Aadhaar is {aadhaar}
en My South African ID number is {zaid}
en PPS number {pps}, born in Cork
en HKID {hkid} for the visa form
en My Malaysian IC is {nric}
en Israeli ID {teudat} - please check the form
en Swedish personal number {pnr} for the bank
en The Dutch BSN {bsn} belongs to my wife.
en She's Brazilian, CPF {cpf}
en Spanish NIE {nie}, valid until 2027
en Passport {pass2}, issued in Lagos
en passport number is {passus} and it expires in May
en My passport no: {pass1}. Can you fill in the ESTA?
en US passport # {passus}
en pasport number {pass2} sorry for typo
en Travel document: {pass2} (P)
en Driver's license number {dlca}, class C
en drivers licence: {dlgb}
en DL# {dlca} CA
en my driving licence no is {dlgb}
en FL DL {dlfl}
en Texas driver license {dlnum}, renewed last year
en My number plate is {plategb} and I got a ticket
en reg {plategb}, blue Fiesta
en License plate: {plateus}
en car with plate {plateus2} hit mine and drove off
en I drive a grey Corolla, tag {plateus}
en vehicle registration {plategb} parked in bay 4
en The van ({plategb}) is due for its MOT
en plates {plateus2} (Ohio), silver Honda
en Employee ID {emp} can't log in
en employee number: {empx}
en staff no {emp} asked for sick leave
en Emp# {empd} salary adjustment
en Badge number {emp}
en Customer number {cust8}, wants a refund
en client id: {cust}
en Case number {casex} - see notes
en Student ID {stud}, missing grade for bio
en personnel number {emp} moved to Leeds
en account holder id {cust}
en Membership number {cust8}, cancel please
en my account number is {acct} at Chase
en Acct# {acct12}
en A/C no: {acct8}, sort code {sort}
en Sort code {sort} account {acct8}
en routing number {aba}, account {acct}
en Wire it to ABA {aba}, acct {acct12}, name as on file
en Direct deposit: checking {acct}, routing {aba}
en bank details - {sort} / {acct8}
en savings account {acct12} was closed
en my zip is {zip}
en I live in zip code {zipe}, what's my utility?
en find me a dentist in the {zip} area
en ZIP: {zip4}
en postcode {pcuk}
en My postcode's {pcuk2}, can you deliver?
en postal code {pcca}
en we are in Toronto, {pcca}
en Shipping to Springfield, {zipe}
en weather for {pcuk} please
en what are the best schools near {zipe}? (zip)
en zipcode={zipe}
en Call me on {phgb}
en my cell: {phus}
en {phus2} is my mobile
en Ring {phgb2} after 6
en text me at {phus4}
en WhatsApp {phgb3}
en phone {phus3} ext. 22
en You can reach her at {phus}.
en Tel. {phgb2}; Mobile {phgb}
en contact no. {phin}
en his number is {phau}
en Number: {phus2}. Ask for Dana.
en here is my new number: {phgb}
en I changed my number, it is {phus} now
en fax {phus2}
en Call: {phde2} (office Berlin)
en My card number is {cardp}, exp 09/27 cvv 123
en charged twice on {cards}
en amex {amex}
en IBAN {iban}
en please wire the deposit to {ibans} today
en {"name":"x","ssn":"{ssn}","dob":"1980-02-01"}
en name;ssn;phone\nT. Weld;{ssn};{phus}
en | Employee | SSN |\n|---|---|\n| T. W. | {ssn} |
en passport_no: {pass2}\nnationality: NG
en - Passport: {pass1}\n- DL: {dlca}\n- SSN: {ssnp}
en You asked for my social security number. Here it is: {ssn}
en About the tax id: I looked it up, it is {ein}.
en they want the ITIN again... {itin}
en What does the IRS do with an SSN? Mine is {ssn}.
en {ssn} - that's my social
en {ninop} is my NI number
en {mrn} is the MRN you asked for
en {pass1} (passport)
en Form field "Medical Record Number" = {mrnx}
en MY SSN IS {ssn}
en my passport {pass2} my licence {dlgb} my nhs {nhs}
es Mi número de la seguridad social sanitaria (SIP) es {sip}
es Nº de tarjeta sanitaria: {cip}
es CIP {cip}, centro de salud de Gràcia
es La tarjeta sanitaria de mi hijo es {cip}, ¿puede renovarla?
es Número de historia clínica {mrn6}
es NHC: {mrn}
es Nº de póliza de salud {member2} con Sanitas
es número de afiliado {mrn}, obra social OSDE
es Paciente con expediente {mrn6} alérgico a la aspirina
es Tarjeta sanitaria europea {team}
es Mi DNI es {nif}
es dni: {nifh}
es NIE {nie}, caducado en enero
es Con NIF {nif} solicito la devolución
es El CIF de la empresa es {cif}
es N.I.F. {nif}
es Documento de identidad {nif}
es RFC: {rfc}
es mi RFC es {rfc} y el SAT no lo reconoce
es CURP {curp}
es CUIT {cuit} monotributista
es Mi RUT es {rut}
es Pasaporte {pass2} expedido en Madrid
es nº de pasaporte: {pass2}
es permiso de conducir {nif}
es matrícula {platees}, un Seat blanco
es La matrícula de mi coche es {platees}
es coche con placas {plateus2}
es Número de empleado {emp}
es Nº de cliente {cust8}
es número de cuenta {acct12}, Banco Santander
es CLABE {clabe}
es CLABE interbancaria: {clabe}
es código postal {pc5}
es C.P. {pc5}
es vivo en el CP {pc5}, ¿qué farmacia abre?
es Llámame al {phes}
es mi móvil es el {phes}
es Tfno. {phes2}
es teléfono: {phes2}, preguntar por Marta
es este es mi número nuevo: {phes}
es Tarjeta {cards} cad 05/26
es paciente,sip\nGómez,{sip}
es Expediente n.º {casex}
es legajo {emp}
de Meine Versichertennummer ist {kvnr}
de KV-Nr. {kvnr}
de Krankenversichertennummer: {kvnr}
de Patient, KVNR {kvnr}, AOK Bayern
de Patientennummer {mrn6}, Station 3
de Fallnummer {mrn} in der Klinik
de eGK-Nummer {kvnr} gesperrt
de Mitgliedsnummer {mrn} bei der TK
de Meine Steuer-ID lautet {steuerid}
de Steuerliche Identifikationsnummer: {steueridp}
de IdNr. {steuerid}
de steuernummer {stnr}, Finanzamt Köln
de St.-Nr. {stnr}
de USt-IdNr.: {ustid}
de Steuernr: {stnr}
de Personalausweisnummer {perso}
de Ausweisnr. {perso}, gültig bis 2030
de perso: {perso}
de Reisepass {passde}
de Reisepassnummer: {passde}
de Führerscheinnummer {dlde}
de FS-Nr. {dlde}
de Kennzeichen {platede}
de Mein Auto ({platede2}) wurde abgeschleppt
de KFZ-Kennzeichen: {platede2}
de Personalnummer {emp}
de Pers.-Nr. {emp} ist krank
de Kundennummer: {cust8}
de Kd.-Nr. {cust8}
de Aktenzeichen {casex}
de Kontonummer {acct}, BLZ {blz}
de Kto. {acct}
de AHV-Nummer {ahv}
de SVNR {svnr}, Wien
de Sozialversicherungsnummer {svnr}
de PLZ {pc5}
de Postleitzahl: {pc5}
de ich wohne in {pc5} Stuttgart
de Ruf mich an: {phde}
de Handy {phde}
de Tel.: {phde3}
de Telefonnummer {phde2}
de Meine Nummer ist die {phde}
de Rückruf unter {phde3} erbeten
fr Mon numéro de sécurité sociale est le {nir}
fr NIR : {nirp}
fr n° sécu {nir}
fr Carte vitale {nirp}
fr numéro de sécu : {nirp}
fr Numéro d'adhérent mutuelle {mrn}
fr n° de dossier patient {mrn6}
fr IPP {mrn}, service cardiologie
fr Numéro fiscal {acctx13}
fr numéro d'allocataire CAF {mrn6b}
fr Passeport n° {passfr}
fr mon passeport {passfr} est périmé
fr Permis de conduire {dlfr}
fr numéro de permis : {acct12d}
fr Ma plaque est {platefr}
fr immatriculation {platefr}
fr véhicule immatriculé {platefr}, Clio grise
fr matricule {emp}
fr Numéro client : {cust8}
fr n° client {cust8}, résiliation
fr code postal : {pcfr}
fr CP {pcfr}
fr j'habite à Lyon {pc5}
fr Appelle-moi au {phfr}
fr mon portable c'est le {phfr}
fr Tél : {phfr2}
fr voici mon numéro {phfr}
fr joignable au {phfr}
it Il mio codice fiscale è {cf}
it C.F. {cf}
it cod. fisc.: {cf}
it Partita IVA {piva}
it P.IVA: {piva}
it p. iva {piva}, regime forfettario
it Tessera sanitaria n. {team}
it numero tessera sanitaria {team}
it Passaporto {pass2}
it patente n. {plateX}
it Targa {plateit}
it l'auto targata {plateit} è in divieto
it matricola {emp}
it Codice cliente {cust8}
it conto corrente n. {acct12}
it CAP {pc5}
it Chiamami al {phit}
it cell. {phit}
it telefono {phit2}
it il mio numero è {phit}
it cartella clinica {mrn6}
nl Mijn BSN is {bsn}
nl burgerservicenummer: {bsn}
nl Sofinummer {bsn}
nl zorgpolisnummer {mrn}
nl Verzekerdennummer {mrn} bij VGZ
nl patiëntnummer {mrn6}
nl paspoortnummer {pass2}
nl Rijbewijs {dl10}
nl Kenteken {platenl}
nl mijn auto met kenteken {platenl}
nl personeelsnummer {emp}
nl klantnummer {cust8}
nl Postcode {pcnl}
nl Ik woon op {pcnl}
nl Bel me op {phnl}
nl mijn nummer is {phnl}
pl Mój PESEL to {pesel}
pl PESEL: {pesel}
pl NIP {nip}
pl NIP firmy: {nipp}
pl numer polisy {mrn} w PZU Zdrowie
pl numer karty pacjenta {mrn6}
pl Paszport {pass2}
pl nr rejestracyjny {platepl}
pl numer klienta {cust8}
pl numer pracownika {emp}
pl kod pocztowy {pcpl}
pl mieszkam w Krakowie, {pcpl}
pl Zadzwoń: {phpl}
pl tel. {phpl}
pl mój numer to {phpl}
pt O meu NIF é {nifpt}
pt contribuinte n.º {nifptp}
pt Número de contribuinte: {nifptp}
pt NIF {nifptp}
pt número de utente {utente}
pt Número de utente do SNS: {utente}
pt Cartão SUS {sus}
pt CNS: {sus}
pt Meu CPF é {cpf}
pt cpf {cpfp}
pt CNPJ {cnpj}
pt Passaporte {pass2}
pt Placa {platebr}
pt matrícula {platept}
pt número de funcionário {emp}
pt CEP {pcbr}
pt código postal {pcpt}
pt Liga-me para o {phpt}
pt celular {phbr}
pt meu número é {phbr}
pt prontuário {mrn6}
sv Mitt personnummer är {pnr}
sv personnr {pnrs}
sv pnr: {pnr}
sv Momsnr {vatse}
sv journalnummer {mrn6}
sv Passnummer {pass8}
sv registreringsnummer {platese}
sv min bil {platese} blev bogserad
sv anställningsnummer {emp}
sv kundnummer {cust8}
sv kontonummer {accts}
sv postnummer {pcse}
sv ring mig på {phse}
sv mobil {phse}
tr TC kimlik numaram {tckn}
tr T.C. Kimlik No: {tckn}
tr TCKN {tckn}
tr Vergi numarası {vkn}
tr vergi no: {vkn}
tr Pasaport no {pass1}
tr plakam {platetr}
tr Plaka: {platetr}
tr sicil no {emp}
tr müşteri numarası {cust8}
tr hasta dosya no {mrn6}
tr posta kodu {pc5}
tr Beni {phtr} numarasından arayın
tr cep: {phtr}
th เลขบัตรประชาชน {thid}
th เลขประจำตัวประชาชนของผมคือ {thidp}
th หมายเลข HN {mrn6}
th เลขที่ผู้ป่วย {mrn6}
th พาสปอร์ต {pass2}
th ทะเบียนรถ {plateth}
th เลขที่บัญชี {acctd}
th เลขบัญชีกสิกร {acctd}
th รหัสพนักงาน {emp}
th รหัสไปรษณีย์ {pcth}
th โทร {phth}
th เบอร์ผม {phth}
zh 我的身份证号是{cnid}
zh 身份证：{cnid}
zh 统一社会信用代码：{uscc}
zh 护照号码 {pass2}
zh 车牌号：{platecn}
zh 车牌 {platecn}，白色轿车
zh 银行账号 {acct12}
zh 病历号：{mrn6}
zh 住院号{mrn}
zh 医保卡号 {mrn}
zh 工号 {emp}
zh 客户编号：{cust8}
zh 邮编{pccn}
zh 邮政编码：{pccn}
zh 手机号{phcn}
zh 请打我电话 {phcn}
en My Danish CPR is {cpr}
en Finnish hetu {hetu}
en Norwegian fødselsnummer {fnr}
en Czech rodné číslo {rc}
en Romanian CNP {cnp}
en Greek AFM {afm}
en Bulgarian EGN {egn}
en Hungarian adószám {adoszam}
en Belgian national number {nn}
en Taiwan ID {twid}
en Korean RRN {rrn}
`
