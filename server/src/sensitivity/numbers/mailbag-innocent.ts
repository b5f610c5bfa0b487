/*
 * What looks like an identifier and is none: nothing of kind identity, payment, contact or internal stands
 * here. One text a line.
 */
export const INNOCENT = `
Order 4839201 shipped on Tuesday.
Your order number is 112-9384756-1029384.
Tracking: 1Z999AA10123456784
Parcel 00340434161094042557 is at the depot.
npm install lodash@4.17.21
We upgraded from 10.15.7 to 14.2.1 last week.
The build 20240115.3 failed on windows-2022.
Kernel 5.15.0-91-generic boots fine.
Version 2.0.0-rc.14 fixes the race.
Python 3.11.4 (main, Jun 7 2023, 00:00:00)
The room is 4.25 m by 3.80 m, so 16.15 square metres.
Add 250 ml of milk, 300 g flour and bake at 180 for 35 minutes.
It weighs 1250 kg and makes 140 hp at 5500 rpm.
The final score was 102-98 after overtime.
He won 6-4, 3-6, 7-6 (10-8).
Bayern beat them 3:1, then lost 0:2.
ISBN 978-3-16-148410-0 is out of print.
ISBN-10: 0-306-40615-2
ISSN 2049-3630
doi:10.1038/s41586-020-2649-2
arXiv:1706.03762
The price rose from $1,299.00 to $1,499.00.
Total: 1.234.567,89 EUR
Revenue was 12 345 678 in the first quarter.
The grant of 250,000 is split over 3 years.
40.712776, -74.005974 is downtown.
48.8584 N, 2.2945 E
pi is 3.14159265358979 and e is 2.718281828
Compute 123456789 * 987654321 for me.
What is 17^13 mod 100000007?
Is 982451653 a prime?
sum(1000000, 2000000, 3000000)
Fibonacci: 1 1 2 3 5 8 13 21 34 55 89 144 233 377 610 987
2024-01-15T08:30:00Z INFO worker=12 took 3421ms
[1705307400.123] GET /index.html 200 5123
Jan 15 08:30:01 host sshd[28374]: Server listening on port 22.
pid 28374 exited with code 137
ERROR 0x80070005 at address 0x7fff5fbff8c0
commit 3f2a9c1b7d8e4f60a1b2c3d4e5f60718293a4b5c
sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
uuid 550e8400-e29b-41d4-a716-446655440000
The meeting is on 12/05/2024 at 14:30.
Between 1939 and 1945 the factory made 4500 engines.
From 09:00 to 17:30, Monday to Friday.
Chapter 12, pages 345-389.
Section 4.3.2.1 of the spec
RFC 2616 was replaced by RFC 9110.
See issue #48213 and PR #48301.
JIRA ticket PLAT-2931 is blocked.
HTTP 404 on port 8080, retry after 120.
Use 192.168.0.1 as the gateway.
The mask is 255.255.255.0.
127.0.0.1:5432 refused the connection
Screen 1920x1080 at 144 Hz
iPhone 15 Pro Max 256 GB
GTX 1080 Ti, RTX 3090, RX 580
The A380 and the B747 landed.
Flight LH 454 leaves from gate B12.
Train ICE 1024 to Berlin, platform 7
Take the M25, leave at junction 10, then the A3.
Bus 42 every 15 minutes
Model WH-1000XM4, part 0B47202
DIN EN 13501-1 class B-s1, d0
ISO 9001:2015 and ISO/IEC 27001
ICD-10 code J45.909 means asthma.
CPT 99213 pays about 90 dollars.
LOINC 2345-7 is glucose.
NDC 0002-8215-01
Blood pressure 120/80, pulse 72.
HbA1c 6.5 %, LDL 130 mg/dl
The galaxy is 2537000 light years away.
Population 8336817 in 2020
The river is 6650 km long.
Add up 1200, 3400, 5600 and 7800.
The matrix [[1,2,3],[4,5,6],[7,8,9]]
x = 1024 * 768 / 2
color: #ff5733; width: 320px
margin: 0 0 12px 24px
const MAX = 2147483647
timeout: 30000
1e10 + 5.5e-3
Unix time 1700000000 is in November.
epoch 1700000000000 ms
Seed 123456789 gives the same result.
random.seed(987654321)
The year 1984 by Orwell
Catch-22, Fahrenheit 451, 2001: A Space Odyssey
Route 66 is 3940 km long.
Boeing 737-800, Airbus A320-200
Call the function with 3 arguments.
Call 3 functions in a row.
My number of attempts is 12.
What is the number 1729 known for?
The magic number is 0xCAFEBABE.
The account of the battle fills 300 pages.
The plate was 20 cm wide and 3 mm thick.
License: MIT, copyright 2015-2023
License key format: five groups of five characters
He got a driver for 250 dollars.
What is the format of a passport number?
How many digits does an SSN have?
An IBAN has up to 34 characters.
Explain how the Luhn algorithm works.
Which countries use a tax ID with 11 digits?
What is a ZIP file?
Unzip 20230 files to /tmp
The zip archive has 90210 entries.
The zip is 35482 bytes.
Area 51 is in Nevada.
The area is 94110 square metres.
PIN codes should not be 1234.
Policy 4 of the handbook
Member 3 of the struct is padding.
Patients 12 to 40 got a placebo.
In the study 12345 patients took part.
Card 7 of 52
The tag v1.2.3 was pushed.
Tag 20240101 is the latest image.
docker pull postgres:16.1
redis://localhost:6379/0
SELECT * FROM orders WHERE total > 10000 LIMIT 100
id INTEGER PRIMARY KEY, amount DECIMAL(10, 2)
for (let i = 0; i < 1000000; i++) {}
[1, 22, 333, 4444, 55555, 666666, 7777777]
a[12345678] = b[87654321]
line 48291, column 17
99.99 % availability is 52.6 minutes a year
10000 steps a day
2 + 2 = 4 and 12 * 12 = 144
The bill is 84.20 for 3 people.
1,000,000 views in 24 hours
Bestellung 4839201 ist unterwegs.
Rechnung Nr. 2024-1187 vom 15.01.2024 über 1.190,00 EUR
Artikelnummer 4711-0815
Die Strecke ist 12.500 km lang.
Das Paket 00340434161094042557 kommt morgen.
La commande 4839201 est partie.
Facture 2024-0042 de 350,00 euros
Le train 6607 part à 14 h 30.
El pedido 4839201 llegó ayer.
La factura 2024/118 suma 1.250,00 euros
L'ordine 4839201 è in viaggio.
Bestelling 4839201 is verzonden.
Zamówienie 4839201 wysłane
A encomenda 4839201 chegou.
Sipariş 4839201 kargoda
订单号 4839201 已发货。
คำสั่งซื้อ 4839201 จัดส่งแล้ว
The bolt is M8 x 1.25, 40 mm long.
Resistors: 4k7, 10k, 220R, 1M
Frequency 2.4 GHz, channel 11, 20 dBm
UPC 036000291452
EAN 4006381333931
SKU 88-4421-XL
VIN decoder, 17 characters
Lot 20231104B, use by 2025-11
Serial number format: 2 letters, 9 digits
Test card numbers are in the docs.
RGB(255, 87, 51)
Latitude 51.5074, longitude -0.1278
The first 1000000 digits of pi
Grid ref TQ 30 80
BTC fell to 26500 and then rose to 43210.
Pantone 18-1750
Opus 27 No. 2, K. 331, BWV 1007
1 Corinthians 13:4-8
USS Enterprise NCC-1701
H2SO4, C6H12O6, NaCl
Tracking no. 2341 2341 2346
voucher 2341-2341-2346
Zoom meeting ID 823 4567 8901
Population 123 456 782 in 2020.
We sold 123 456 782 units.
created:1710704956, id:1710704956
ts=1710704956123 id=42
client version 2024.01.123
client 192.168.100.12 disconnected
https://docs.example.com/document/d/48392011/edit
license-2.0.txt
"passport": "0.7.0", "passport-jwt": "4.0.1"
chart-4.4.2.js and chart.js 2.9.4
RFC2616 and RFC 9110
PAN-OS 10.2.3
DL380 Gen10 server
ES2015 modules and ES6
serial 123-456-782
`
