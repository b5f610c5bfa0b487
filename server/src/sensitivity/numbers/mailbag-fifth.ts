/*
 * The fifth mailbag: labels glued to their numbers, groupings and prefixes as people type them, numbers that
 * stand alone, in many countries. What it scored at first sight is in mailbag.test.ts.
 */
export const FIFTH = `
en MRN:{mrn7}
en MRN{mrn7}
en MRN{mrnz}
en mrn:{mrn7} dob:1990-01-01
en seen in clinic, MRN:{mrn}, wound clean
en record MRN{mrn7} needs a second look
en MRN={mrn6};ward=7
en MRN/{mrn7}
en MRN.{mrn7}
en MRN-{mrnz}
en MRN #{mrn7}
en MRN is {mrn7}
en The MRN was {mrn}, I think.
en MR {mrn7} came back with fever
en chart {mrn7} shows two allergies
en chart#{mrn7}
en admission {mrn7} was cancelled
en encounter {mrn7}: blood drawn twice
en encounter:{mrn}
en patient/{mrn7}/labs
en patient:{mrn7}
en patient_id:{mrn7}
en PatientID{mrn7}
en chart ({mrn7})
en the patient ({mrn7}) slept well
en hospital no:{mrn7}
en NHS:{nhsp}
en NHS{nhsp}
en nhs={nhsp}
en NHS/{nhsp}
en NHS-{nhsp}
en SSN:{ssn}
en SSN{ssnp}
en ssn={ssnp}
en SSN#{ssn}
en SSN-{ssn}
en ssn/{ssn}
en the SSN is {ssns}.
en member:{member}
en member#{member2}
en memberID:{memlong}
en Member-{member}
en policy:{policy}
en policy#{policy}
en policy/{policy}
en passport:{pass1}
en passport#{pass1}
en Passport={passus}
en PASSPORT{pass2}
en passport/{pass2}
en passport-{pass1}
en passport no.{pass1}
en license:{dlca}
en license#{dlca}
en licence={dlgb}
en DL{dlca}
en DL-{dlca}
en DL:{dlnum}
en VAT:{vatie}
en VAT:{vatgb}
en VATno{vatgb}
en vat={vatbe}
en TIN:{ssn}
en EIN:{ein}
en EIN{einp}
en ITIN:{itin}
en UTR:{utr}
en UTR{utr}
en account:{acct}
en account#{acct}
en acct={acct}
en acct:{acct8}
en A/C{acct}
en acc/{acct12}
en case file {mrn7}
en case:{casex}
en emp:{emp} moves to nights
en employee#{emp}
en staffid={emp}
en customer:{cust8}
en client#{cust8}
en id:{aadhaarp}
en ID {aadhaar}
en Please verify {aadhaar} for the account.
en Applicant {aadhaarp}
en the client gave us {aadhaard}
en KYC pending, {aadhaar}
en {aadhaar}
en On file we have {aadhaar}, is it right?
en Aadhaar:{aadhaarp}
en AADHAAR{aadhaarp}
en government id number is {aadhaarp}
en citizen ID {aadhaar}
en Her documents say {zaidd}.
en Identity: {zaids}
en RSA ID{zaidd}
en {zaids}
en applicant {zaidd} lives in Durban
en SIN:{sinh}
en SIN{sinp}
en sin#{sin}
en client identity {sinh}
en Verify {sin} please, it is for the loan.
en TFN:{tfn}
en TFN{tfnp}
en ABN:{abnp}
en ABN{abnp}
en Medicare:{aumed}
en NINO:{ninop}
en NINO{ninop}
en NI:{nino}
en is {nino} still valid
en PPS:{pps}
en PPSN{pps}
en HKID:{hkid}
en HKID{hkidp}
en NRIC:{sgid}
en nric={sgid}
en Applicant {sgid}, two children
en PAN:{pan}
en PAN{pan}
en GSTIN:{gstin}
en IRD:{ird}
en Emirates ID:{emirates}
en CNIC:{cnic}
en NRIC/{nric}
en plate:{plategb}
en reg:{plategb}
es MRN:{mrn7}
es DNI:{nif}
es DNI{nif}
es dni={nif}
es DNI/{nif}
es DNI-{nif}
es DNI.{nif}
es NIF-{nif}
es NIF{nif}
es ES{nif}
es ES-{nif}
es El titular es ES-{nif}.
es {nifd}
es {nifs}
es {nif}.
es El firmante, {nifd}, acepta las condiciones.
es Vive aquí Ana ({nifs})
es NIE:{nie}
es NIE{nie}
es {nied} pide cita
es El inquilino {nie} no paga
es NIF/{nifh}
es CIF:{cif}
es NHC:{mrn7}
es historia {mrn7}
es paciente:{mrn7}
es expediente {mrn7} del hospital
es NSS:{nsse}
es pasaporte:{pass1}
es cuenta:{acct}
es CURP:{curp}
es CURP{curp}
es RFC:{rfc}
es RFC{rfc}
es RUT:{rut8}
es RUT{rut}
es {rut} firmó ayer
es NIT:{nitc}
es CUIT:{cuit}
es CUIT{cuit}
es El solicitante {cuit} ya pagó
pt CPF:{cpfp}
pt CPF{cpfp}
pt cpf/{cpf}
pt O cliente {cpfh} pediu reembolso
pt {cpfs}
pt Titular {cpfs}, Recife
pt CNPJ:{cnpjp}
pt NIF:{nifptp}
pt NIF{nifptp}
pt CC:{cc12}
pt utente:{utente}
pt processo do doente {mrn7}
pt passaporte:{pass2}
de MRN:{mrn7}
de PatNr:{mrn7}
de Patient:{mrn7}
de Patientennr.{mrn7}
de Fallnr:{mrn7}
de Aufnahme {mrn7} heute entlassen
de Akte {mrn7} der Patientin
de Steuer-ID:{steueridp}
de SteuerID{steueridp}
de IdNr:{steueridp}
de IdNr. {steuerids}
de Der Mandant hat {steuerid} angegeben.
de USt-ID:{ustid}
de USt-IdNr.{ustid}
de KVNR:{kvnr}
de KVNR{kvnr}
de SVNR:{rvnr}
de Versicherte {rvnr}
de {rvnrs}
de RVNR-{rvnr}
de Reisepass:{passde}
de Ausweis:{perso}
de Führerschein:{dlde}
de Konto:{acct}
de Kto.{acct}
de Kunde:{cust8}
de KdNr.{cust8}
de AHV:{ahv}
de AHV{ahvp}
de Die Versicherte {ahvp} zieht um.
de SVNR:{svnr}
fr NIR:{nirp}
fr NIR{nirp}
fr n°SS:{nir}
fr {nirh}
fr L'assuré {nirp} demande une attestation.
fr dossier:{mrn7} (hôpital)
fr patient:{mrn7}
fr IPP:{mrn}
fr IPP{mrn}
fr passeport:{passfr}
fr compte:{acct}
fr TVA:{tvafr}
fr SIRET:{siretp}
fr SIREN{sirenp}
fr NN:{nn}
fr La citoyenne {nns} habite à Namur.
it CF:{cf}
it CF{cf}
it C.F.:{cf}
it {cfs}
it Il sottoscritto {cf} chiede
it P.IVA:{piva}
it P.IVA{piva}
it PIVA/{piva}
it cartella:{mrn7}
it paziente:{mrn7}
it passaporto:{pass2}
it conto:{acct12}
nl BSN:{bsn}
nl BSN{bsn}
nl bsn={bsn}
nl Klant {bsnd} belde terug
nl patiënt:{mrn7}
nl paspoort:{pass1}
nl RRN:{nnp}
nl Rijksregister {nnp}
pl PESEL:{pesel}
pl PESEL{pesel}
pl Wnioskodawca {pesel} mieszka w Łodzi
pl tożsamość: {pesels}
pl NIP:{nipp}
pl NIP{nipp}
pl NIP-{nip}
pl dowód:{dowod}
pl pacjent:{mrn7}
pl paszport:{pass2}
sv personnr:{pnr}
sv pnr{pnrs}
sv patient:{mrn7}
sv orgnr:{orgse}
da CPR:{cpr}
da CPR{cpr}
da CVR:{cvr}
no fnr:{fnr}
no fnr{fnr}
no Søkeren {fnr} har flyttet
fi hetu:{hetu}
fi HETU{hetu}
fi Hakija {hetu}
cs RČ:{rc}
cs r.č.{rc}
cs IČO:{ico}
cs IČO{ico}
ro CNP:{cnp}
ro CNP{cnp}
ro Solicitantul {cnp} locuiește în Cluj
bg ЕГН:{egn}
bg ЕГН{egn}
hr OIB:{oib}
hr OIB{oib}
hr Klijent {oib} čeka
sl EMŠO:{emso}
el ΑΜΚΑ:{amka}
el ΑΦΜ:{afm}
et isikukood:{ik}
lt a.k.{asmens}
tr TC:{tckn}
tr TCKN{tckn}
tr TC{tckn}
tr Başvuran {tckn} onay bekliyor
ru ИНН:{innp}
ru ИНН{innp}
ru СНИЛС:{snils}
ru СНИЛС{snils}
uk ІПН:{rntrc}
zh 身份证:{cnid}
zh 客户{cnid}已登记
zh {ricd}
zh 病历号{mrn7}
zh 住院号:{mrn7}
zh 护照:{pass1}
ko 주민번호:{rrn}
ko 주민번호{rrnp}
ja マイナンバー:{mynum}
ja 申請者 {mynum}
th บัตรประชาชน{thidp}
th เลขบัตร:{thid}
he ת.ז.{teudat}
ms ic:{nric}
id NIK:{nik}
id NIK{nik}
en passport A/{pass1}
en Visitors: {sgid}, {sgid}
`
