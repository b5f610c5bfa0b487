/** Words for a road, as a word of its own or as the end of one ("Hauptstraße"). */
export const STREETS =
  'street|st|st.|avenue|ave|ave.|road|rd|rd.|boulevard|blvd|blvd.|lane|ln|ln.|drive|dr|court|ct|place|pl|square|terrace|terr|way|close|crescent|highway|hwy|parkway|pkwy|circle|cir|alley|trail|p.o. box|po box|straße|strasse|str.|weg|platz|allee|gasse|ring|damm|ufer|rue|boulevard|avenue de|chemin|place de|calle|avenida|paseo|plaza|carrer|via|viale|piazza|corso|straat|laan|plein|gracht|ulica|ul.|aleja|al.|gatan|vägen|rua|travessa|largo|sokak|sok.|cadde|caddesi|mahallesi|mah.|cad.|路|街|ถนน|ซอย|หมู่'

/** Words before an address. */
export const PLACES =
  'address|adresse|anschrift|wohnhaft|wohnt|lives at|living at|live at|lives in|reside|resides|residing|residence|home address|shipping address|billing address|mailing address|ship to|deliver to|lieferadresse|rechnungsadresse|habite|domicilié|domicile|dirección|direccion|vive en|domicilio|indirizzo|residente|abita|adres|woont|zamieszkały|zamieszkała|adresem|bor på|adress|endereço|morada|mora|reside|adresi|adresim|ikamet|地址|住址|住在|ที่อยู่|บ้านเลขที่|located at|office is at|offices are located|moved to|my house is|send it to|return to|return it to|send to|posted to|delivered to|mail it to|offices are at|headquartered at|based at|i live in|i lived in|lived in|live in|lives on|living in|staying at|pick up at|drop off at|delivery to|registered at|registered office|siège social|senden an|liefern an|schicken sie|livrer à|envoyer à|adresa|bydlím|bydliště|cím|lakik|lakcím|osoite|asuu|bor i|bopæl|adresse postale|alamat|địa chỉ|주소|住所|所在地|address is|addr|anschrift ist|wohnt in|wohne in|woont in|woonachtig|vive na|mora na|residing at|résidant|demeurant|demeurant au|sise au|sito in|situé au|con domicilio en|zamieszkania|mieszka przy|ul zamieszkania|oturuyor|διεύθυνση|адрес|проживает'

/** Words that say a postcode follows. */
export const POSTCODE_WORDS =
  'zip|zip:|zip code|zipcode|zip-code|zip+4|postal code|postalcode|postal_code|postcode|post code|post_code|zip_code|eircode|pincode|pin code|plz|postleitzahl|code postal|cp:|c.p.|código postal|codigo postal|cap:|c.a.p.|codice postale|codice di avviamento postale|postcode is|cep|cep:|código de endereçamento postal|kod pocztowy|kod pocztowy:|postnummer|postnr|postnr.|psč|psc:|posta kodu|postinumero|ταχυδρομικός κώδικας|τ.κ.|τκ|irányítószám|irsz.|cod poștal|cod postal|poštanski broj|poštová číslo|почтовый индекс|индекс|邮编|邮政编码|郵遞區號|郵便番号|우편번호|รหัสไปรษณีย์|mã bưu điện|mã bưu chính|postcodes|zip codes|zip is|kod poczt.|n.p.a.|npa|cp|cap|postal:|postcode:|code postal :|kode pos|〒|zip5|zip4|zip/postal|code_postal|codepostal|codigo_postal|cod_postal|postal code no|zip postal|postal-code|postnummeret|posta kodum|posta kodumuz|kod pocztowy to|codice_postale|zipcodes|pin codes|post codes|postal codes|postal no|postal number|mailcode|plz:|psč:|postkod|poskod|почтовый код|поштовий індекс|индекс:|пощенски код|poštna številka|pašto kodas|pasta indekss|sihtnumber|cód. postal|cód. postal:|código postal:|cod. postale|код поштовий'

/** Words that say an age follows or has just been said. */
export const AGE_WORDS =
  'years old|year old|years-old|year-old|yrs old|yr old|y/o|yo|aged|age|age:|years of age|turned|turning|turns|jahre alt|jahre|jährige|jähriger|jähriges|jährigen|jährig|alter|âgé de|âgée de|âge|ans|años|anos|edad|idade|anni|età|jaar|jarige|leeftijd|lat|wiek|år|ålder|alder|yaşında|yaşındaki|yaş|vuotta|vuotias|vuotiaan|let|éves|ani|ετών|лет|岁|歲|歳|才|세|살|年龄|年齢|나이|อายุ|tuổi'

/** Days of the week, as they stand in a sentence. */
export const WEEKDAYS =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|poniedziałek|wtorek|środę|czwartek|piątek|sobotę|niedzielę|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|pazartesi|çarşamba|perşembe|cumartesi'

/** Words before a date that its numbers alone would not prove, such as "12.03.24". */
export const DATE_WORDS =
  'date|dated|datum|vom|am|bis|seit|ab|den|zum|on|by|until|since|from|le|du|au|depuis|fecha|desde|hasta|el|data|dal|al|il|op|tot|vanaf|sinds|dnia|od|do|den|från|till|em|até|tarih|tarihi|tarihinde|expires|expiry|due|valid|issued|signed|geb.|geboren|geboren am|born|born on|dob|wann|gültig|fällig'
