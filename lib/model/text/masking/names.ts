/** What a name says of its value. */
export interface SecretName {
  /**
   * `password`: nothing but a secret is called so. `token`: mostly one, and also something to count and to talk about.
   * `weak`: only where the value looks like one. `header`: the value goes on to the end of its line.
   */
  kind: 'password' | 'token' | 'weak' | 'header';
  /** `tokens`, `secrets`: numbers are counts. */
  plural: boolean;
  /** The name is nothing but the word: `secret`, and not `client_secret`. */
  bare: boolean;
  /** `pwd`: the folder that a shell is in, when its value is a path. `key`: maybe the path of a file. */
  mayBePath: boolean;
  /** `pin`, `pass`: a number of one or two digits is a place or a count. */
  mayBeCount: boolean;
  /** `zigbee_key`, `gh_pat`: what it opens is not known, so only what nobody would call anything else is a secret. */
  mustBeRandom: boolean;
  /** `auth-token: simple`: an ordinary word of operations says which one. */
  mayBeKind: boolean;
  /** `device_code`: a number of a few digits is an error's. */
  mayBeError: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

const PASSWORDS =
  words(`password passwrod pasword passowrd passwrd paswd passsword passwor passwd passwort kennwort passphrase passcode passwords pwd pswd psw passw pass pw
  motdepasse mdp bindpw rootpw olcrootpw userpw contrasena contrasenya contrasinal senha wachtwoord wagwoord heslo haslo parola parole parool salasana jelszo sifre losenord
  adgangskode kodeord clave passord lykilord lozinka geslo slaptazodis pasahitza katasandi matkhau pin otp totp psk passkey requirepass masterauth passkeys
  rpcauth`);
const TOKENS =
  words(`secret secrets secrete token tokens credential credentials cred creds jwt bearer cookie cookies
  csrf xsrf segredo geheimnis authtok mnemonic seedphrase sessionid sessid phpsessid jsessionid apikey apikeys authtoken`);
const WEAK = words(
  'community auth authorization session sess signature sig hmac salt pepper pin otp sid license dsn',
);
/** Keys of headers that open nothing. */
const HEADER_KEYS = words(
  'x idempotency cache sort routing partition shard surrogate dedup request trace object public',
);
const HEADERS = words('authorization proxyauthorization cookie setcookie');

/** What stands before `key` where the key is a secret. */
const KEYS =
  words(`api access auth private priv secret encryption encrypt enc signing sign master license licence
  account jwt app application shared storage service session consumer client deploy webhook hmac rsa ssh tls ssl root
  admin user write read maps server cipher crypto crypt data database db device subscription integration publishable
  provider openai stripe google azure aws gcp s3 sendgrid mailgun datadog dd newrelic wireguard wg preshared pre
  symmetric aes des gpg pgp ecdsa ed25519 cookie csrf token host instrumentation ingest search bot management mgmt
  fernet paseto secretbox maxmind geoip openweather gemini anthropic mistral deepseek groq cohere algolia mapbox twilio
  postmark pusher segment mixpanel sentry rollbar bugsnag honeycomb grafana cloudflare cf digitalocean hetzner linode vultr
  github gitlab slack discord telegram plex sonarr radarr prowlarr jellyfin emby tmdb omdb steam mailchimp brevo resend
  shopify paypal square braintree twitch youtube recaptcha hcaptcha turnstile captcha pinecone qdrant weaviate huggingface
  openrouter replicate elevenlabs deepl elastic kibana typesense graylog loki traccar sse vapid turn
  setup pairing bootstrap install installation installer onboarding provisioning invite invitation emergency claim
  org organization project team personal developer dev prod live test sandbox unlock unseal recovery backup vault kms
  kek dek wifi wlan customer tenant agent node cluster gossip join registration enroll enrollment activation product serial
  role anon sdk stream ingestion partner merchant push fcm hash bearer credentials block meili x pass sas connection functions function key ca`);

/** A name that ends so names something about a secret: its file, its age, its number. */
const ABOUT =
  words(`file files path paths dir directory folder name names version versions ttl rotation rotate rotated
  expired expires expire expiry expiration exp count counts length len size min max policy policies age type types ok
  status state valid validity invalid required enabled disabled bucket limit limits used usage left remaining field
  fields url uri endpoint host port username algorithm alg algo method methods mode error errors failed failure
  failures missing empty set changed reset attempts attempt retries retry time timeout date updated created at ms sec
  secs second seconds minute minutes hour hours day days strength prompt hint format store manager management class env
  var variable ref refs source mount mounts num number total prefix label labels index interval lifetime check checks
  validation validator rule rules complexity history generator generated provider providers service services handler
  helper util utils test tests spec id ids exists present needed cache caches hits misses rate rates cost per
  authentication auth_method authenticator plugin lock locked unlocked command cmd program vocab vocabulary budget window
  context input output prompt completion align alignment scheme encoding charset email mail link page form issuer
  audience lifespan duration period warning warnings notice info message msg reason code codes parser limit_bytes
 iterations rounds factor process encoder encryption hashing in bytes chars kb mb pattern regex regexp domain samesite secure httponly maxage consent banner jar namespace namespaces annotation annotations selector kind`);
const ABOUT_FIRST =
  words(`num count max min total no is has have use uses enable enables disable requires require need
  needs allow show hide existing forgot missing invalid wrong bad expired valid every`);

/** Words that only look as if a secret's name were in them. */
const OTHERS =
  words(`bypass compass trespass surpass overpass underpass encompass multipass lowpass highpass bandpass
  firstpass secondpass onepass twopass singlepass nextpass renderpass tokenizer tokenizers tokenization tokenize tokenized tokenizing
  secretary passwordless secretly keypass`);
const BENIGN_PWD = words('pwd oldpwd cwd');

const SUFFIX =
  /(?:passwo?rd|passwd|passwort|kennwort|wachtwoord|losenord|adgangskode|passphrase|passcode|pwd|secret|token|credentials?|cookie|psk|api_?key|secretkey|accesskey|privatekey|authkey)s?$/;
const PASS_SUFFIX =
  /^(?:[a-z]{1,24}pass|(?:admin|user|db|root|sql|mysql|pg|ldap|bind|ftp|smtp|imap|mail|app|svc|login|my|http|ssh|vnc|web|host|guest|default|init)pws?)$/;
const PASSWORD_PREFIX = /^(?:password|passwd|passphrase)/;
const TOKEN_SUFFIX = /(?:secret|token|credential|cookie|key)s?$/;
/** Longer names are known by their end. */
const MAX_NAME = 96;

/** What the value of a name is; `null`: nobody's secret. Looks at a bounded end of the name. */
export function classifyName(name: string): SecretName | null {
  const segments = toSegments(name.slice(-MAX_NAME));
  const last = segments.at(-1);
  if (last === undefined) return null;
  const whole = segments.join('');
  // npm's `_auth`.
  if (name === '_auth') return toName('token', segments);
  if (HEADERS.has(whole)) return toName('header', segments);
  if (
    /^(?:(?:(?:vault|approle|role|consul|nomad|bao)_)?secret_?id|client_?secret_?id)$/.test(
      segments.join('_'),
    )
  )
    return toName('token', segments);
  if (
    /^(?:x_amz_(?:signature|credential|security_token)|x_goog_(?:signature|credential))$/.test(
      segments.join('_'),
    )
  )
    return toName('token', segments);
  const joined = segments.join('_');
  if (
    /(?:github|gitlab|bitbucket)_oauth$|basic_auth_(?:user_info|credentials?)$|auth_ident$|sonar_login$|j_?frog_art_api$|signature_provided$|authentication_string$|snmp_communit(?:y|ies)$|community_string$|^(?:ro|rw)_?community6?$/.test(
      joined,
    )
  )
    return toName('token', segments);
  if (
    /(?:^|_)(?:mot_de_passe|palavra_passe|palavra_chave|parola_d_ordine|clave_secreta|kata_sandi|mat_khau)$/.test(
      joined,
    )
  )
    return toName('password', segments);
  if (/remember_?me$|persistent_login$/.test(joined)) return toName('weak', segments);
  if (/session_?id$/.test(joined)) return toName(/^j?php|^js/.test(joined) ? 'token' : 'weak', segments);
  if (
    /root_token_id$|(?:^|_)(?:recovery|backup|scratch|auth|authorization|device|user|unlock|activation|pairing|setup|invite|invitation|security|verification|confirmation|redeem|registration|enrollment|claim)_codes?$|code_verifier$|id_token_hint$|client_assertion$|saml_?(?:request|response)$/.test(
      joined,
    )
  )
    return toName('token', segments);
  // `X-RapidAPI-Key`: what a server of its own wants to see.
  if (segments[0] === 'x' && last === 'key' && !HEADER_KEYS.has(segments.at(-2) ?? ''))
    return toName('token', segments);
  const first = segments[0] ?? '';
  if (segments.length > 1 && (ABOUT.has(last) || ABOUT_FIRST.has(first))) return null;
  if (/^image_pull_secrets?$/.test(joined)) return null;
  if (name.includes('.') && isClassAbout(name)) return null;
  if (OTHERS.has(whole)) return null;
  const kind = findKind(segments, whole);
  if (kind !== null) return toName(kind, segments);
  const before = segments.at(-2) ?? '';
  const isKey = (last === 'key' && !NO_KEYS.has(before) && !HEADER_KEYS.has(before)) || last === 'pat';
  return isKey && segments.length > 1 ? { ...toName('token', segments), mustBeRandom: true } : null;
}

/** Keys that find something and open nothing. */
const NO_KEYS = words(
  `primary foreign unique i18n translation message record lookup index row col column group map hash
  storage redis item entity order product file path config settings state event log metric label tag attribute property
  field dict json yaml xml lang locale window press hot short arrow short keyboard kb host ssh sign pub known block region
  zone range start end last first next prev min max by of for the a this no per`,
);

/** `app.errors.InvalidPassword`, `auth.BadToken`: an error's name. */
function isClassAbout(name: string): boolean {
  const own = toSegments(name.slice(-MAX_NAME).replace(/^.*\./s, ''));
  return own.length > 1 && /\.[A-Z]/.test(name) && ABOUT_FIRST.has(own[0] ?? '');
}

function toName(kind: SecretName['kind'], segments: readonly string[]): SecretName {
  const last = segments.at(-1) ?? '';
  return {
    kind,
    plural: /(?:tokens|secrets|keys|credentials|creds|cookies|passwords)$/.test(last),
    bare: segments.length === 1,
    mayBePath: /keys?$|pem$|cert$/.test(last) || (segments.length === 1 && BENIGN_PWD.has(last)),
    mayBeCount: last === 'pin' || last === 'pass',
    mayBeError: last === 'code',
    mustBeRandom: false,
    mayBeKind: kind === 'token' && /(?:tokens?|credentials?|creds)$/.test(last),
  };
}

function findKind(segments: readonly string[], whole: string): SecretName['kind'] | null {
  let weak = false;
  for (const [index, segment] of segments.entries()) {
    if (OTHERS.has(segment)) continue;
    const isEdge = index === 0 || index === segments.length - 1;
    if (PASSWORDS.has(segment)) {
      // Short words are a secret's name at an end only: `pin_map`, `first_pass_ok`.
      if (segment.length > 4 || index === segments.length - 1 || (isEdge && segment !== 'pin'))
        return 'password';
    } else if (TOKENS.has(segment)) {
      return 'token';
    } else if (SUFFIX.test(segment)) {
      return TOKEN_SUFFIX.test(segment) ? 'token' : 'password';
    } else if (PASSWORD_PREFIX.test(segment) || PASS_SUFFIX.test(segment)) {
      return 'password';
    } else if (/^keys?$/.test(segment)) {
      if (isSecretKey(segments, index)) return 'token';
    } else if (isCompoundKey(segment)) {
      return 'token';
    }
    if (index === segments.length - 1 && WEAK.has(segment)) weak = true;
  }
  if (weak) return 'weak';
  return /^(?:api|access|secret|auth|private)keys?$/.test(whole) ? 'token' : null;
}

/** `JWT_KEY`, `SECRET_KEY_BASE`: what stands before says what it opens. */
function isSecretKey(segments: readonly string[], index: number): boolean {
  const before = segments[index - 1];
  if (before === undefined || !isKeyQualifier(before)) return false;
  // `access_key_rotation` was known by its last word already; what else follows belongs to the key.
  return true;
}

export const isKeyQualifier = (word: string): boolean => KEYS.has(word) && word !== 'host';

function isCompoundKey(segment: string): boolean {
  if (!/^[a-z0-9]{3,24}keys?$/.test(segment)) return false;
  return (
    KEYS.has(segment.replace(/keys?$/, '')) && !/^(?:hostkey|keykey|testkey|nodekey|userkey)s?$/.test(segment)
  );
}

/** `dbPassword1`, `DB_PASSWORD-2` → db, password. */
function toSegments(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((segment) => segment !== '');
}
