/*
 * Public shapes of vendors' credentials as they are commonly known; not each was checked against its vendor's page. One a line:
 *   family  alphabet  fewest  most  prefix …     (characters after the prefix)
 * Alphabets: w = letters, digits, _ and -; a = letters and digits; u = upper case and digits; l = lower case and
 * digits; h = hex; b = base64 with + / = . _ - : %; d = digits; c = crypt(3) with . / $ = , + -; p = printable
 * but for blanks, quotes, brackets, commas and semicolons.
 */
const TABLE = `
aws_access_key_id u 16 16 AKIA ASIA ABIA ACCA
aws_bedrock_key b 60 2000 ABSK bedrock-api-key-
aws_session_token b 100 2000 FwoGZXIvYXdz IQoJb3JpZ2luX2Vj
aws_appsync l 26 26 da2-
amazon_mws w 36 36 amzn.mws.
amazon_login h 64 64 amzn1.oa2-cs.v1.
google_api_key w 35 35 AIza
google_api_key w 30 80 AQ.Ab
google_oauth b 30 1200 ya29.
google_client_secret w 24 40 GOCSPX-
google_refresh w 30 200 1//0
firebase_cloud_messaging w 120 160 :APA91b
alibaba a 12 30 LTAI
tencent a 32 32 AKID
baidu w 30 90 bce-v3/ALTAK-
volcengine a 30 60 AKLT
digitalocean h 64 64 dop_v1_ doo_v1_ dor_v1_
digitalocean u 16 24 DO00 DO80
scaleway u 17 17 SCW
yandex b 100 600 t1.9eu
yandex w 35 40 AQVN
yandex w 30 36 YCAJE YCMJE YCNJE
yandex w 50 70 y0_Ag
upcloud a 26 40 ucat_
exoscale h 24 24 EXO
cloudflare w 30 80 cfat_ cfut_ cfk_
cloudflare_origin_ca w 150 180 v1.0-
akamai w 30 40 akab-
heroku w 36 80 HRKU-
vercel a 24 80 vcp_ vck_ vci_ vca_ vcr_
vercel w 20 100 vercel_blob_rw_
netlify a 36 60 nfp_ nfo_ nfc_ nfu_ nfb_
flyio w 43 60 fo1_
flyio b 80 800 fm2_ fm1r_ fm1a_
render a 24 60 rnd_
supabase a 40 60 sbp_
supabase w 20 80 sb_secret_
neon a 40 80 napi_
planetscale b 32 64 pscale_tkn_ pscale_pw_ pscale_oauth_
xata a 30 60 xau_
aiven w 15 30 AVNS_
cockroachdb a 40 80 CCDB1_
confluent b 50 70 cflt
mongodb_atlas w 30 60 mdb_sa_sk_
materialize h 64 64 mzp_
clickhouse a 38 38 4b1d
elastic b 40 100 essu_
databricks h 32 40 dapi dose
github_token a 36 255 ghp_ gho_ ghu_ ghr_
github_token w 36 800 ghs_
github_token w 22 255 github_pat_
gitlab_token b 20 300 glpat- gldt- glrt- glcbt- glft- glimt- glsoat- glffct- glwt- glrtr-
gitlab_token a 40 60 glptt-
gitlab_token h 64 64 gloas-
gitlab_token b 40 100 glagent-
gitlab_token w 20 40 GR1348941
bitbucket_token a 24 64 ATBB
bitbucket_token b 60 300 ATCTT3
atlassian_token b 60 300 ATATT3 ATSTT3
trello h 64 80 ATTA
circleci w 40 100 CCIPAT_ CCIPRJ_
buildkite h 40 64 bkua_ bkaj_
buildkite w 30 80 bkct_ bkat_
sonar h 40 40 sqp_ squ_ sqa_
snyk b 30 120 snyk_uat.
jfrog a 60 80 AKCp
jfrog a 50 80 cmVmd
harness b 40 100 pat. sat.
terraform_cloud b 60 80 .atlasv1.
pulumi h 40 40 pul-
infracost a 32 32 ico-
octopus_deploy u 26 32 API-
prefect a 36 36 pnu_ pnb_
dbt w 30 60 dbtc_ dbtu_
scalingo w 48 48 tk-us- tk-eu-
openshift w 43 43 sha256~
portainer b 40 60 ptr_
netbird a 36 40 nbp_
jumpcloud a 36 40 jca_
tailscale w 20 80 tskey-
defined_networking w 60 100 dnkey-
launchdarkly w 36 36 sdk- api-
statsig a 40 60 secret-
flagsmith a 20 24 ser.
npm a 36 60 npm_
pypi w 50 400 pypi-
rubygems h 40 64 rubygems_
clojars a 50 80 CLOJARS_
nuget a 43 43 oy2
crates_io a 32 32 cio
docker w 20 60 dckr_pat_ dckr_oat_
packagist w 40 100 packagist_uut_ packagist_ack_ packagist_out_ packagist_orw_
cloudsmith a 34 44 csa_
openai w 32 300 sk-proj- sk-svcacct- sk-admin- sk-None- sk-service-
openai a 40 40 sess-
anthropic w 32 300 sk-ant-
openrouter w 32 200 sk-or-
langfuse w 30 60 sk-lf- pk-lf-
langwatch w 20 80 sk-lw-
helicone w 20 60 sk-helicone-
generic_sk w 30 200 sk-
huggingface a 30 60 hf_ api_org_
groq a 40 80 gsk_
replicate a 36 40 r8_
perplexity a 32 80 pplx-
xai w 60 100 xai-
fireworks a 20 60 fw_
nvidia w 50 90 nvapi-
cerebras a 40 60 csk-
anyscale a 20 60 esecret_
together w 40 60 tgp_v1_
langsmith w 32 80 lsv2_pt_ lsv2_sk_
langsmith h 32 32 ls__
wandb w 40 120 wandb_v1_
pinecone w 40 100 pcsk_
e2b a 32 60 e2b_
daytona h 64 64 dtn_
runpod a 36 60 rpa_
modal a 22 22 ak- as-
voyage w 40 50 pa- al-
llamacloud a 40 60 llx-
browserbase w 20 40 bb_live_
coze a 60 70 pat_
dify a 24 24 app- dataset-
mem0 a 40 40 m0-
cartesia a 20 40 sk_car_
elevenlabs h 40 64 sk_
deepgram h 40 40 dg_
cursor h 64 64 key_ crsr_
tavily w 20 60 tvly-
firecrawl h 32 32 fc-
jina w 40 80 jina_
sourcegraph w 40 140 sgd_ sgp_ slk_
slack_token b 20 250 xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxe.xox xoxo- xoxc- xoxd-
slack_token b 30 200 xapp-
slack_webhook b 20 160 hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/
teams_webhook b 60 260 webhook.office.com/webhookb2/
discord_webhook b 60 160 discord.com/api/webhooks/ discordapp.com/api/webhooks/
zapier_webhook b 10 60 hooks.zapier.com/hooks/catch/
make_webhook b 20 50 hook.eu1.make.com/ hook.eu2.make.com/ hook.us1.make.com/ hook.us2.make.com/ hook.integromat.com/
ifttt_webhook w 20 60 maker.ifttt.com/use/
telegram_webhook b 40 60 api.telegram.org/bot
sendgrid b 40 120 SG.
mailgun a 32 32 key- pubkey-
mandrill w 22 22 md-
brevo b 60 120 xkeysib- xsmtpsib-
resend w 24 60 re_
klaviyo h 34 34 pk_
clickup w 36 46 pk_
onesignal l 90 120 os_v2_app_ os_v2_org_
telnyx w 50 60 KEY0
intercom b 45 60 dG9rO
hubspot w 36 36 pat-na1- pat-na2- pat-eu1- pat-ap1-
salesforce p 90 140 00D
salesforce b 70 100 3MVG9
stripe_key w 16 255 sk_live_ sk_test_ rk_live_ rk_test_ sk_org_
stripe_key b 24 100 whsec_
shopify a 32 64 shpat_ shpss_ shpca_ shppa_ shptka_
square w 22 60 sq0atp- sq0csp-
square w 55 80 EAAA EAAl
paypal w 70 120 A21AA
paypal_braintree b 30 120 access_token$production$ access_token$sandbox$
adyen b 100 250 AQE
checkout w 20 40 sk_sbox_
razorpay a 14 40 rzp_live_ rzp_test_
mollie a 30 40 live_ test_ access_
gocardless w 40 40 live_ sandbox_
lob h 35 35 live_ test_
plaid w 36 36 access-sandbox- access-development- access-production-
flutterwave w 12 60 FLWSECK- FLWSECK_TEST-
mercadopago w 60 100 APP_USR-
klarna b 30 160 klarna_live_api_ klarna_test_api_
paddle w 40 80 pdl_live_apikey_ pdl_sdbx_apikey_
polar a 40 60 polar_oat_ polar_pat_
circle b 60 120 TEST_API_KEY: LIVE_API_KEY:
easypost a 40 80 EZAK EZTK
shippo h 40 40 shippo_live_ shippo_test_
duffel w 40 60 duffel_test_ duffel_live_
stytch b 30 60 secret-live- secret-test-
dropbox b 60 1500 sl.
figma w 36 80 figd_ figo_
linear a 32 80 lin_api_ lin_oauth_
notion a 40 60 ntn_
notion a 43 43 secret_
airtable b 79 79 pat
calcom l 32 40 cal_live_
typeform b 40 60 tfp_
contentful w 40 60 CFPAT-
readme a 60 80 rdme_
postman b 40 80 PMAK- PMAT-
apify a 30 60 apify_api_
zuplo w 40 80 zpka_
kong a 40 70 kpat_ spat_
unkey a 20 60 unkey_
frameio w 60 70 fio-u-
adobe a 32 32 p8e-
mapbox b 60 300 sk.eyJ pk.eyJ tk.eyJ
wix b 100 1200 IST.eyJ
deno a 36 36 ddp_ ddo_
settlemint a 16 16 sm_aat_ sm_pat_ sm_sat_
endor w 16 16 endr+
intra42 h 64 64 s-s4t2ud- s-s4t2af-
grafana b 32 400 glc_
grafana w 32 60 glsa_
grafana b 60 400 eyJrIjoi
new_relic u 27 27 NRAK-
new_relic b 32 32 NRII-
new_relic u 24 40 NRAL-
new_relic h 19 19 NRJS-
sentry b 40 400 sntrys_
sentry h 64 64 sntryu_
dynatrace b 80 120 dt0c01. dt0s01. dt0s02. dt0s03.
logfire w 30 100 pylf_v1_
posthog w 40 60 phx_ phs_
honeycomb l 50 70 hcaik_ hcxik_ hcamk_ hcxmk_
axiom w 36 36 xaat- xapt-
coralogix a 30 30 cxtp_
incident_io h 64 64 inc_live_
checkly h 32 32 cu_
vault w 24 200 hvs. hvr.
vault w 60 300 hvb.
doppler a 40 60 dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.
infisical b 80 110 st.
onepassword b 200 1200 ops_eyJ
onepassword w 28 50 A3-
facebook a 60 400 EAAC EAAB EAAG EAAD EAAF EAAI EAAJ EAAM
instagram w 60 300 IGQV IGQW
twitter_bearer b 40 120 AAAAAAAAAAAAAAAAAAAAA
pinterest b 40 120 pina_
linkedin b 20 60 WPL_AP1.
lichess a 16 30 lip_ lio_
riot w 36 36 RGAPI-
roblox b 60 1200 -DO-NOT-SHARE-THIS.
age_secret_key u 58 58 AGE-SECRET-KEY-1
minisign b 200 240 RWRTY0I
nostr l 58 58 nsec1
wallet_key a 100 112 xprv yprv zprv tprv
wallet_key l 50 70 suiprivkey1
wallet_key w 64 66 ed25519-priv-0x secp256k1-priv-0x
wallet_key a 48 52 PVT_K1_
macaroon b 60 1000 MDAxY2xvY2F0aW9u
paseto b 40 4000 v1.local. v2.local. v3.local. v4.local. v1.public. v2.public. v3.public. v4.public.
password_hash c 53 56 $2a$ $2b$ $2y$
password_hash c 40 200 $argon2id$ $argon2i$ $argon2d$ pbkdf2_sha256$ pbkdf2:sha256: $scrypt$ scrypt:32768:
password_hash c 40 130 $6$ $5$ $y$
password_hash c 24 40 $1$ $apr1$
password_hash b 28 60 {SSHA} {SHA}
windows_hash h 32 32 aad3b435b51404eeaad3b435b51404ee:
`

export interface Family {
  readonly name: string
  readonly prefix: string
  readonly alphabet: string
  readonly fewest: number
  readonly most: number
}

export const FAMILIES: readonly Family[] = TABLE.trim()
  .split('\n')
  .flatMap((line) => {
    const [name = '', alphabet = '', fewest, most, ...prefixes] = line.split(' ')
    return prefixes.map((prefix) => ({ name, prefix, alphabet, fewest: Number(fewest), most: Number(most) }))
  })
