import { THIRD_REST } from './mailbag-third-rest.ts'

/*
 * The third mailbag: all the ways a number can be announced (label, member, column, address of a page, sentence,
 * question, brackets, remark behind it), for the sorts the first two had least of. What it scored at first
 * sight is in mailbag.test.ts.
 */
export const THIRD = String.raw`
en Patient: O. Marsh\nRecord number: {mrn}\nWard 4B
en Subscriber ID {memlong} - please check eligibility
en What does my plan cover? Member {member}, PPO gold
en She is on Medicaid, ID {mrnx}
en Can you check whether beneficiary {mbi} is eligible for part D?
en {nhs} is his NHS number
en NHS No: {nhsd}
en nhs_number={nhsp}
en {"nhsNumber": "{nhsp}", "ward": "B2"}
en GET /fhir/Patient?identifier={mrn}
en <identifier system="urn:mrn">{mrn}</identifier>
en insurance card number {member3}
en her insurance no. is {member2}
en Insurance ID # {memlong}
en policy holder no {member2}, dental
en The policyholder's number on the card reads {member}
en Medical aid membership no: {mrn}
en Hospital no. {mrn6}
en Hosp No {mrnx} / consultant Dr Patel
en unit number {mrn6}, admitted via A&E
en MRN#{mrn}
en Chart no. {chart} needs signing
en Chart: {chart}
en Pull up chart {mrn6} before the appointment.
en medical_record_number,name\n{mrn},Ida
en mrn;dob;name\n{mrn};1970-03-02;Ida
en INSERT INTO patients (mrn, city) VALUES ('{mrn}', 'Leeds')
en SELECT * FROM admissions WHERE patient_id = '{mrn}'
en I was told to quote my hospital number ({mrn}) when I ring.
en Health plan identification: {memlong}
en Group no {group}, subscriber no {member2}
en Rx: member {member2} bin 610014
en enrollee ID is {member3}
en My Medicare card says {mbi}
en medicare_id: {mbip}
en Medicare (Australia) {aumed}, ref 2
en Medicare card no {aumedd}
en PHN {phn} from BC
en Ontario health card: {ohip}
en RAMQ {ramq}
en My NHI number is {nhi}
en the NHI ({nhi}) was wrong on the referral
en European health insurance card {team}
en EHIC no. {team}
en PhilHealth no. {pcard}
en BPJS Kesehatan {bpjs}
en Could you see if the claim for health insurance number {kvnr} went through?
en dental insurance, id {member2}
en vaccination record {mrn} of my daughter
en Patient identifier: {mrn6}
en patientId = "{mrn}"
en pt id {mrn6}
en Pt. no. {mrn6}
en case of patient no {mrn6}, please summarise
en lab specimen for patient {mrnx}
en A patient with the record number {mrn} was moved to ICU.
en health card {ohip} expired
en health service ID {mrn}
en Our insurer wants the certificate number {member2} of the health policy
en Tax identification: {ein}
en The company's employer identification number, {ein}, appears on the W-2.
en FEIN {ein}
en Federal ID: {ein}
en Federal tax number {ein}
en EIN/TIN: {ein}
en tax_id: "{ein}"
en "taxIdentificationNumber": "{ein}"
en <TIN>{ein}</TIN>
en vendor_name,tin\nAcme,{ein}
en payee TIN {einp}
en TIN of the recipient: {ssnp}
en Recipient's TIN {ssn}
en His ITIN, which is {itin}, expires soon.
en Individual taxpayer no. {itin}
en W-7 approved, number assigned: ITIN {itin}
en UTR: {utr}
en my unique taxpayer ref is {utr}
en self-assessment ref {utr}K
en corporation tax reference {utr}
en VAT Reg No {vatgb}
en VAT registration: {vatgb}
en please put our VAT no ({vatgb}) on the invoice
en vat={vatgb}
en vat_number: {vatgb}
en VAT-ID {ustid}
en Invoice from a German supplier, VAT {ustid}
en supplier VAT ID NL: {btw}
en EU VAT {tvafr}
en Is {vatie} a valid VAT number?
en Reverse charge applies, customer VAT {vatbe}.
en Belgian customer {vatbe} wants a credit note (VAT)
en https://ec.europa.eu/vies?vat={ustid}
en ABN {abn}
en A.B.N. {abn}
en our ABN is {abnp}
en ACN: {acn}
en Tax file no. {tfn}
en She emailed her tax file number: {tfn}
en GSTIN: {gstin}
en GST no {gstin}
en GST Number - {gstin}
en PAN No. {pan}
en pan card {pan}
en PAN={pan}
en my PAN is {pan} and I work in Pune
en IRD no {ird}
en IRD number is {ird}, please update payroll
en GST/HST account {gstca}
en KRA PIN {kepin}
en my KRA pin certificate shows {kepin}
en Nigerian TIN: {tinng}
en BIR TIN {tinph}
en SARS VAT no {vatza}
en UEN {uen}
en corporate number {jpcn} (Japan)
en Please file under taxpayer number {steuerid}
en Taxpayer ID for my Brazilian partner: {cpf}
en CNPJ {cnpj} must be on the nota fiscal
en The Mexican RFC is {rfc}.
en NIP of the Polish client: {nip}
en the org. number in Norway is {orgno}
en CVR no {cvr}
en Company registration (Sweden) {orgse}
en SSN: xxx no it is {ssn}
en Social: {ssn}
en soc. {ssn}
en social security # {ssn}
en ss no {ssn}
en applicant_ssn: {ssn}
en "ssn":"{ssnp}"
en ?ssn={ssnp}&dob=1980
en his social, {ssn}, is on the form
en Passport or ID number: {pass2}
en Identity no. {zaid}
en National identification: {nin}
en NIN: {nin} (Nigeria)
en Emirates ID number {emirates}
en Civil ID card {emirates}
en NRIC S/N: {nric}
en CNIC # {cnic}
en Aadhaar: {aadhaar}
en UID (Aadhaar) {aadhaar}
en my aadhar is {aadhaar}
en HKID {hkid}
en Resident registration number {rrn}
en Taiwan ID number {twid}
en Insurance number (NI): {ninop}
en NI: {nino}
en N.I. {nino}
en national_insurance_number={ninop}
en Does {nino} look like a valid NI number to you?
en PPS no. {pps}
en S.I.N. {sin}
en SIN card {sin}
en Postcode: {pcgb3}
en postcode {pcgb4}
en Post code - {pcuk}
en my postcode's {pcgb3}
en postcode="{pcgb3}"
en {"postcode":"{pcgb3}","town":"Leeds"}
en "zip": {zip}
en "zipCode":"{zip4}"
en zip_code={zip}
en zip5: {zipe}
en ZIP Code = {zip}
en ZIP+4 {zip4}
en ZIP/postal code: {zip}
en Zip/Postcode\n{zip}
en City, State ZIP: Dayton, OH {zipe}
en name,street,city,zip\nIda,Elm 4,Dayton,{zipe}
en id,postal_code\n7,{zip}
en | name | zip |\n|---|---|\n| Ida | {zip} |
en <zip>{zip}</zip>
en <PostalCode>{pcca}</PostalCode>
en postal code is {pcca}
en Postal: {pcca}
en postalcode:{pccap}
en We deliver to {pcgb3} on Tuesdays.
en what is the weather in {zip}
en Any dentist near {pcgb3}?
en I live in the {zip} area
en UPDATE customers SET zip='{zip}' WHERE id=3
en https://api.shop.test/stores?zip={zip}&radius=10
en https://shop.test/find?postcode={pcgb4}
en ship to zip {zip} please
en area code no, zip yes: {zip}
en Eircode {pcie}
en pin code {pcin}
en PIN {pcin}, Delhi
en Pincode - {pcins}
en PLZ {pc5}
en Springfield, IL {zipe}
en Portland OR {zip4}
en Toronto, ON {pcca}
en My new zip is {zip}.
en her ZIP is {zipe}
en post code for the warehouse is {pcgb3}
en billing zip {zip}
en billing_postal_code: {pcca}
en Shipping postcode: {pcgb3}
en suburb Newtown, postcode {pcau}
en Sydney NSW {pcau}
en 1 Elm Road, Leeds, {pcgb3}
en P.O. Box 12, Dayton, OH {zip4}
en The card's billing zip code was {zip}, right?
en which county is {zip} in?
de Versichertennummer {kvnr}
de Meine Krankenversichertennummer: {kvnr}
de KV-Nr.: {kvnr}
de Versicherten-ID {kvnr} bei der AOK
de eGK-Nummer {kvnr}
de Patientennummer: {mrn6}
de Patienten-Nr. {mrn}
de Pat.-Nr. {mrn6}, Station 3
de Pat-ID: {mrn}
de Fallnr. {mrn} (Klinikum), bitte Arztbrief
de Versicherungsnummer der Krankenkasse: {kvnr}
de Kartennummer der Gesundheitskarte {team}
de SV-Nummer {svnr}
de Sozialversicherungsnr. {svnr}
de AHV-Nr. {ahv}
de Steuernummer: {stnr}
de St.-Nr. {stnr}
de StNr {steurnr}
de Unsere Steuernummer lautet {steurnr}.
de Steuer-IdNr. {steuerid}
de IdNr.: {steuerid}
de Identifikationsnummer nach § 139b AO: {steuerid}
de Steuerliche Identifikationsnummer {steueridp}
de TIN {steueridp}
de steuer_id: {steueridp}
de USt-IdNr.: {ustid}
de USt.-ID {ustid}
de Umsatzsteuer-Identifikationsnummer {ustid}
de UID {uidat}
de UID-Nummer: {uidat}
de MWST-Nr. {uidch} MWST
de UID {uidch}
de Firmennummer {uidch}
de Finanzamt Köln, Steuernr {steurnr}
de österr. Steuernummer {tinat}
de Ausweis Nr. {perso}
de Personalausweis: {perso}
de PLZ: {pc5}
de PLZ/Ort: {pc5} Köln
de {pc5} Köln
de Postleitzahl {pc5}
de "plz": "{pc5}"
de Name;PLZ;Ort\nIda;{pc5};Köln
${THIRD_REST}`
