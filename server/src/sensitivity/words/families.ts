/*
 * Public shapes of vendors' credentials, from the vendors' own documentation of their prefixes. One a line:
 *   family  prefix  alphabet  fewest  most     (characters after the prefix)
 * Alphabets: w = letters, digits, _ and -; a = letters and digits; u = upper case and digits; h = hex;
 * b = base64 with + / = . _ -; d = digits.
 */
const TABLE = `
aws_access_key_id AKIA u 16 16
aws_access_key_id ASIA u 16 16
aws_access_key_id ABIA u 16 16
aws_access_key_id ACCA u 16 16
aws_bedrock_key ABSK b 60 200
github_token ghp_ a 36 255
github_token gho_ a 36 255
github_token ghu_ a 36 255
github_token ghs_ w 36 800
github_token ghr_ a 36 255
github_token github_pat_ w 22 255
gitlab_token glpat- b 20 300
gitlab_token gldt- b 20 100
gitlab_token glrt- b 20 100
gitlab_token glptt- a 40 60
gitlab_token glcbt- b 20 100
gitlab_token gloas- h 64 64
gitlab_token glft- b 20 100
gitlab_token glimt- b 20 100
gitlab_token glagent- b 40 100
gitlab_token glsoat- b 20 100
gitlab_token GR1348941 w 20 40
bitbucket_token ATBB a 24 64
bitbucket_token ATCTT3 b 60 300
atlassian_token ATATT3 b 60 300
slack_token xoxb- b 20 150
slack_token xoxp- b 20 150
slack_token xoxa- b 20 150
slack_token xoxr- b 20 150
slack_token xoxs- b 20 150
slack_token xoxe- b 20 250
slack_token xoxe.xox b 20 250
slack_token xoxo- b 20 150
slack_token xoxc- b 20 150
slack_token xoxd- b 20 250
slack_token xapp- b 30 200
slack_webhook hooks.slack.com/services/ b 20 120
slack_webhook hooks.slack.com/workflows/ b 20 160
teams_webhook webhook.office.com/webhookb2/ b 60 260
discord_webhook discord.com/api/webhooks/ b 60 160
discord_webhook discordapp.com/api/webhooks/ b 60 160
stripe_key sk_live_ w 16 255
stripe_key sk_test_ w 16 255
stripe_key rk_live_ w 16 255
stripe_key rk_test_ w 16 255
stripe_key whsec_ b 24 100
openai sk-proj- w 32 300
openai sk-svcacct- w 32 300
openai sk-admin- w 32 300
openai sk-None- w 32 300
anthropic sk-ant- w 32 300
openrouter sk-or-v1- h 32 128
openrouter sk-or- w 32 200
langfuse sk-lf- w 30 60
langfuse pk-lf- w 30 60
generic_sk sk- w 30 200
google_api_key AIza w 35 35
google_oauth ya29. b 30 1200
google_client_secret GOCSPX- w 24 40
google_refresh 1//0 w 30 200
npm npm_ a 36 60
pypi pypi- w 50 400
rubygems rubygems_ h 40 64
clojars CLOJARS_ a 50 80
nuget oy2 a 43 43
huggingface hf_ a 30 60
sendgrid SG. b 40 120
mailgun key- a 32 32
mailgun pubkey- a 32 32
brevo xkeysib- b 60 120
brevo xsmtpsib- b 60 120
resend re_ w 24 60
telegram_webhook api.telegram.org/bot b 40 60
shopify shpat_ a 32 64
shopify shpss_ a 32 64
shopify shpca_ a 32 64
shopify shppa_ a 32 64
shopify shptka_ a 32 64
square sq0atp- w 22 60
square sq0csp- w 40 60
square EAAA w 55 80
square EAAl w 55 80
paypal_braintree access_token$production$ b 30 120
paypal_braintree access_token$sandbox$ b 30 120
razorpay rzp_live_ a 14 40
razorpay rzp_test_ a 14 40
plaid access-sandbox- w 36 36
plaid access-development- w 36 36
plaid access-production- w 36 36
flutterwave FLWSECK- w 20 60
flutterwave FLWSECK_TEST- w 12 60
easypost EZAK a 40 80
easypost EZTK a 40 80
shippo shippo_live_ h 40 40
shippo shippo_test_ h 40 40
duffel duffel_test_ w 40 60
duffel duffel_live_ w 40 60
digitalocean dop_v1_ h 64 64
digitalocean doo_v1_ h 64 64
digitalocean dor_v1_ h 64 64
digitalocean DO00 u 16 24
heroku HRKU- w 36 80
vercel vcp_ a 24 80
vercel vercel_blob_rw_ w 20 100
netlify nfp_ a 36 60
flyio fo1_ w 43 60
flyio fm2_ b 80 800
flyio fm1r_ b 80 800
render rnd_ a 24 60
supabase sbp_ a 40 60
supabase sb_secret_ w 20 80
neon napi_ a 40 80
planetscale pscale_tkn_ b 32 64
planetscale pscale_pw_ b 32 64
planetscale pscale_oauth_ b 32 64
databricks dapi h 32 40
databricks dose h 32 40
cloudflare cfat_ w 30 80
cloudflare cfut_ w 30 80
cloudflare cfk_ w 30 80
docker dckr_pat_ w 20 60
docker dckr_oat_ w 20 60
dropbox sl. b 100 1500
figma figd_ w 36 80
figma figo_ w 36 80
linear lin_api_ a 32 80
linear lin_oauth_ a 32 80
notion ntn_ a 40 60
notion secret_ a 43 43
postman PMAK- b 40 80
pulumi pul- h 40 40
doppler dp.pt. a 40 60
doppler dp.st. b 40 60
doppler dp.ct. a 40 60
doppler dp.sa. a 40 60
doppler dp.scim. a 40 60
doppler dp.audit. a 40 60
grafana glc_ b 32 400
grafana glsa_ w 32 60
grafana eyJrIjoi b 60 400
vault hvs. w 24 200
vault hvb. w 60 300
vault hvr. w 24 200
terraform_cloud .atlasv1. b 60 80
age_secret_key AGE-SECRET-KEY-1 u 58 58
new_relic NRAK- u 27 27
new_relic NRII- b 32 32
new_relic NRAL- u 24 40
new_relic NRJS- h 19 19
sentry sntrys_ b 40 400
sentry sntryu_ h 64 64
dynatrace dt0c01. b 80 120
dynatrace dt0s01. b 80 120
logfire pylf_v1_ w 30 100
posthog phx_ w 40 60
posthog phs_ w 40 60
segment sgp_ w 40 80
sourcegraph sgd_ w 40 140
tailscale tskey- w 20 80
groq gsk_ a 40 80
replicate r8_ a 36 40
perplexity pplx- a 32 80
xai xai- w 60 100
fireworks fw_ a 20 60
nvidia nvapi- w 50 90
cerebras csk- a 40 60
tavily tvly- w 20 60
elevenlabs sk_ h 40 64
langsmith lsv2_pt_ w 32 80
langsmith lsv2_sk_ w 32 80
wandb wandb_v1_ w 40 120
pinecone pcsk_ w 40 100
e2b e2b_ a 32 60
together tgp_v1_ w 40 60
alibaba LTAI a 12 30
tencent AKID a 32 32
yandex AQVN w 35 40
facebook EAAC a 60 400
facebook EAAB a 60 400
facebook EAAG a 60 400
instagram IGQV w 60 300
twitter_bearer AAAAAAAAAAAAAAAAAAAAA b 40 120
typeform tfp_ b 40 60
contentful CFPAT- w 40 60
readme rdme_ a 60 80
prefect pnu_ a 36 36
prefect pnb_ a 36 36
infracost ico- a 32 32
frameio fio-u- w 60 70
buildkite bkua_ h 40 40
circleci CCIPAT_ w 40 100
circleci CCIPRJ_ w 40 100
jfrog AKCp a 60 80
jfrog cmVmd a 50 80
sonar sqp_ h 40 40
sonar squ_ h 40 40
sonar sqa_ h 40 40
snyk snyk_uat. b 30 120
onepassword ops_eyJ b 200 1200
onepassword A3- w 28 50
mapbox sk.eyJ b 60 300
mapbox pk.eyJ b 60 300
hubspot pat-na1- w 36 36
hubspot pat-eu1- w 36 36
adobe p8e- a 32 32
deno ddp_ a 36 36
openshift sha256~ w 43 43
harness pat. b 60 100
stytch secret-live- b 30 60
stytch secret-test- b 30 60
zuplo zpka_ w 40 80
apify apify_api_ a 30 60
firecrawl fc- h 32 32
jina jina_ w 40 80
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
  .map((line) => {
    const [name = '', prefix = '', alphabet = '', fewest, most] = line.split(' ')
    return { name, prefix, alphabet, fewest: Number(fewest), most: Number(most) }
  })
