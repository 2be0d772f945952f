import { pickHint } from './hints.ts';

/** Secrets that are known by how they begin, wherever they stand. Bodies are counted in characters after the prefix. */
interface Shape {
  prefix: string;
  /** What the body is made of. */
  body: RegExp;
}

const sticky = (source: string): RegExp => new RegExp(source, 'y');
/** Letters, digits, `-` and `_`, as long as it goes on, of at least so many. */
const word = (min: number) => sticky(`[A-Za-z0-9_-]{${min},}`);
const dotted = (min: number) => sticky(`[A-Za-z0-9_.=+/-]{${min},}`);
const alnum = (min: number, max = '') => sticky(`[A-Za-z0-9]{${min},${max}}(?![A-Za-z0-9])`);
const hex = (min: number) => sticky(`[a-f0-9]{${min},}`);
const upper = (min: number) => sticky(`[A-Z0-9]{${min},}`);
const of = (prefixes: string, body: RegExp): Shape[] =>
  prefixes.split(/\s+/).map((prefix) => ({ prefix, body }));

const SHAPES: readonly Shape[] = [
  // JSON web tokens, signed (three parts) and encrypted (five, some empty).
  ...of('eyJ', sticky(String.raw`[\w-]{5,}\.(?:eyJ[\w-]*(?:\.[\w.-]*)?|[\w-]*\.[\w.-]*)`)),
  // Private keys without the lines around them: OpenSSH's, RSA's, and those of PKCS #8 and of elliptic curves.
  ...of(
    `b3BlbnNzaC1rZXktdjE MIICXQIBAAK MIICXAIBAAK MIIEpAIBAAK MIIEowIBAAK MIIEpQIBAAK MIIJKAIBAAK MIIJKQIBAAK MIIJKgIBAAK
    MIIEvQIBADANBgkqhkiG MIIEvgIBADANBgkqhkiG MIIEvAIBADANBgkqhkiG MIIJQwIBADANBgkqhkiG MIIJQgIBADANBgkqhkiG
    MIIJRAIBADANBgkqhkiG MHcCAQEE MC4CAQAwBQYDK2V MIGHAgEAMBMGByqGSM49`,
    sticky(String.raw`[A-Za-z0-9+/=]{8,}(?:(?:\{1,2}n|[
]{1,2} {0,8})[A-Za-z0-9+/=]{4,})*`),
  ),
  // Docker Swarm and Docker Hub.
  ...of('SWMTKN-1- SWMKEY-1-', word(8)),
  ...of('dckr_pat_ dckr_oat_', word(16)),
  // Clouds.
  ...of('AKIA ASIA ABIA ACCA', sticky('[A-Z0-9]{16}(?![A-Za-z0-9])')),
  ...of('ABSK bedrock-api-key-', dotted(40)),
  ...of('amzn.mws.', word(32)),
  ...of('AIza', word(30)),
  ...of('ya29.', dotted(20)),
  ...of('GOCSPX-', word(16)),
  ...of('1//0', word(30)),
  ...of('dop_v1_ doo_v1_ dor_v1_', hex(32)),
  ...of('LTAI', alnum(12, '24')),
  ...of('AKID', alnum(32, '40')),
  ...of('HRKU-', word(20)),
  ...of('FlyV1', sticky(String.raw` ?fm\d[a-z]?_[A-Za-z0-9+/=,_-]{16,}`)),
  ...of('fm1r_ fm1a_ fm2_ fo1_', dotted(20)),
  ...of('rnd_ nfp_ vcp_ vci_ vca_ vcr_ napi_ pcsk_ rpa_ r8_', alnum(20)),
  ...of('pscale_tkn_ pscale_pw_ pscale_oauth_', dotted(16)),
  ...of('sbp_ sb_secret_', word(20)),
  ...of('v1.0-', sticky('[a-f0-9]{24}-[a-f0-9]{64,}')),
  ...of('cfut_ cfat_ cfk_', word(20)),
  ...of('tskey-', word(12)),
  // Code, packages, builds.
  ...of('ghp_ gho_ ghu_ ghs_ ghr_', alnum(20)),
  ...of('github_pat_', word(22)),
  ...of('glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct- glwt-', dotted(16)),
  ...of('GR1348941', word(16)),
  ...of('npm_', alnum(30)),
  ...of('pypi-Ag', word(30)),
  ...of('rubygems_', hex(32)),
  ...of('oy2', sticky('[a-z0-9]{43}(?![a-z0-9])')),
  ...of('bkua_ bkat_ bkct_ bkaj_', alnum(20)),
  ...of('CCIPAT_ CCIPRJ_', word(20)),
  ...of('squ_ sqp_ sqa_ sqb_', hex(32)),
  ...of('AKCp', alnum(40)),
  ...of('ATATT3 ATCTT3 ATBB ATSTT', dotted(24)),
  ...of('sgp_ pul- pnu_ pnb_ rdme_ tfp_ api_org_ hf_ ntn_ phx_ gsk_ pplx- xai-', alnum(20)),
  ...of('sntrys_ sntryu_ sntrya_', dotted(20)),
  ...of('dapi', hex(32)),
  // Secrets stores and networks.
  ...of('hvs. hvb. hvr.', word(16)),
  ...of('s. b.', sticky('(?=[A-Za-z]{0,23}[0-9])[A-Za-z0-9]{24}(?![A-Za-z0-9.])')),
  ...of('dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit. dp.said.', dotted(20)),
  ...of('ops_eyJ', dotted(40)),
  ...of('AGE-SECRET-KEY-1 AGE-PLUGIN-', upper(20)),
  ...of('K10', sticky('[a-f0-9]{48,}(?:::[^\\s"\']{1,200})?')),
  ...of('SUA SAA SOA SNA SUB SAB SOB SNB', sticky('[A-Z2-7]{55}(?![A-Za-z0-9])')),
  // People's tools.
  ...of('xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xoxc- xoxd- xoxe.xox xapp- xwfp-', dotted(10)),
  ...of(
    'sk_live_ sk_test_ rk_live_ rk_test_ sk_prod_ pk_live_ live_sk_ whsec_ rzp_live_ rzp_test_',
    dotted(10),
  ),
  ...of('access-production- access-sandbox-', word(30)),
  ...of('sq0atp- sq0csp- sq0idp-', word(20)),
  ...of('EAAA', sticky('(?=[A-Za-z_-]{0,21}[0-9])[A-Za-z0-9_-]{22,}')),
  ...of('EZAK EZTK', alnum(40)),
  ...of('FLWSECK- shippo_live_ shippo_test_', word(16)),
  ...of('fio-u- duffel_live_ duffel_test_', dotted(20)),
  ...of('FLWSECK_TEST-', hex(12)),
  ...of('shpat_ shpca_ shppa_ shpss_ shptka_', alnum(20)),
  ...of('SG.', sticky(String.raw`[\w-]{16,}\.[\w-]{16,}`)),
  ...of('key-', sticky('(?=[a-zA-Z]{0,31}[0-9])[a-zA-Z0-9]{32,40}(?![A-Za-z0-9])')),
  ...of('xkeysib- xsmtpsib-', word(20)),
  ...of('re_', sticky('[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,}')),
  ...of('SK', sticky('[0-9][a-f0-9]{31}(?![A-Za-z0-9])')),
  ...of('lin_api_ lin_oauth_ PMAK- figd_ figo_ figu_ nvapi-', word(20)),
  ...of('lsv2_pt_ lsv2_sk_ hcaik_ hcbik_ pylf_v1_ essu_ KGAT_ sl.u.', word(30)),
  ...of('sl.', sticky('(?=[A-Za-z_-]{0,60}[0-9])[A-Za-z0-9_-]{60,}')),
  ...of('sk-ant- sk-proj- sk-svcacct- sk-or- sk-lf- sk-admin-', word(16)),
  ...of('secret_', sticky('(?=[A-Za-z]{0,42}[0-9])[A-Za-z0-9]{43}(?![A-Za-z0-9])')),
  ...of(
    'sk-',
    sticky('(?:(?=[A-Za-z_-]{0,40}[0-9])(?=[a-z0-9_-]{0,40}[A-Z])[A-Za-z0-9_-]{20,}|[a-f0-9]{32,})'),
  ),
  ...of('sk.eyJ pk.eyJ', dotted(30)),
  ...of('glsa_ glc_', dotted(20)),
  ...of('dt0c01.', dotted(24)),
  ...of('NRAK- NRII- NRJS- NRRA- NRIQ- NRSP-', alnum(16)),
  // Discord's bots: the number of one in base64, a time, a code.
  ...of(
    'MT Mj Mz ND NT Nj Nz OD OT',
    sticky(String.raw`[A-Za-z0-9_-]{21,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}(?![\w-])`),
  ),
  ...of('live_', sticky('[0-9]{6,12}_[A-Za-z0-9]{16,}')),
  ...of('md5', sticky('[a-f0-9]{32}(?![A-Za-z0-9])')),
  ...of('APA91b', word(80)),
  ...of('claim-', sticky('(?=[A-Za-z_-]{0,19}[0-9])[A-Za-z0-9_-]{20}(?![A-Za-z0-9_-])')),
  // PagerDuty's.
  ...of('R0', sticky('[A-Z0-9]{28,30}(?![A-Za-z0-9])')),
  // Keys of Bitcoin, as wallets export them.
  ...of('5H 5J 5K', sticky('[1-9A-HJ-NP-Za-km-z]{49}(?![A-Za-z0-9])')),
  ...of('Kw Kx Ky Kz L1 L2 L3 L4 L5', sticky('[1-9A-HJ-NP-Za-km-z]{50}(?![A-Za-z0-9])')),
  ...of('pbkdf2-', sticky('[a-f0-9]{32,}(?:,[a-f0-9]{8,},[0-9]{1,7})?')),
  ...of('cmVmdGtu', alnum(40)),
  ...of('mdb_sa_sk_ CFPAT- CMA_ cflt/ AQVN y0__', word(24)),
  ...of('v1.local. v2.local. v3.local. v4.local.', dotted(20)),
  ...of('pat', sticky(String.raw`[A-Za-z0-9]{14}\.[a-f0-9]{64}`)),
];

/** A UUID, of which no program has a word of its own before it. */
const uuid = sticky('[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\\w-])');
/** Small letters or capitals alone, as their makers document them: what is mixed is found without a name. */
const ONE_CASE: readonly Shape[] = [
  ...of('A3-', sticky('[A-Z0-9]{6}-[A-Z0-9]{5,6}(?:-[A-Z0-9]{5,6}){3,4}(?![A-Z0-9])')),
  ...of('A3T', sticky('[A-Z0-9][A-Z2-7]{16}(?![A-Za-z0-9])')),
  ...of('p8e- ico- fc- tvly- jina_ csk- sktsec_ fw_ e2b_ tgp_v1_', alnum(28)),
  ...of(
    'sc_ ext_ scauth_ authress_',
    sticky(String.raw`[A-Za-z0-9]{5,30}\.[A-Za-z0-9]{4,6}\.acc[_-][\w-]{10,32}\.[\w+/=-]{30,}`),
  ),
  ...of('4b1d', sticky('(?=[a-z0-9]{0,37}[A-Zg-z])[A-Za-z0-9]{38}(?![A-Za-z0-9])')),
  ...of('CLOJARS_', alnum(40)),
  ...of('EAAM EAAC', alnum(60)),
  ...of('pat. sat.', sticky(String.raw`[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}`)),
  ...of('s-s4t2ud- s-s4t2af-', hex(64)),
  ...of('ZXlK', sticky('[A-Za-z0-9+/_-]{40,}={0,2}')),
  ...of('API-', sticky('(?=[A-Z]{0,25}[0-9])[A-Z0-9]{26,36}(?![A-Za-z0-9])')),
  ...of('tk-us-', word(40)),
  ...of('atlasv1.', dotted(20)),
  ...of('sm_aat_ sm_pat_ sm_sat_', alnum(16)),
  ...of('sk_', hex(40)),
  ...of('sgp_', sticky('(?:[a-fA-F0-9]{16}|local)_[a-fA-F0-9]{40}')),
  ...of('ATTA', hex(60)),
  ...of('xaat- xapt- xait- sdk- mob-', uuid),
  ...of('pat-na1- pat-eu1- pat-na2- pat-eu2-', uuid),
  ...of('snyk_uat. snyk_sat.', dotted(20)),
  ...of('cio', sticky('(?=[a-z0-9]{0,31}[A-Z])[A-Za-z0-9]{32}(?![A-Za-z0-9])')),
  ...of('ddp_ ddo_ dsk_ jsrp_ packagist_oat_ packagist_uut_', alnum(30)),
  ...of('vercel_blob_rw_', word(20)),
  ...of('syt_ mct_ mat_', sticky('(?=\\w{0,60}\\d)[A-Za-z0-9]{6,}_\\w{8,}')),
  ...of('ser.', alnum(20)),
  ...of('whs_ evt_secret_ wh_sec_', alnum(20)),
  ...of('tok_live_ key_live_ key_test_ secret_live_ secret_test_ test_sk_', word(16)),
  ...of('zpka_ apify_api_ dop_ apk_ pk_user_ user_sk_', alnum(28)),
];

/** Something begins as a token, and goes on otherwise: finding that out is dear. */
export const NEARLY = -2;

/** A secret is in a run at least so long, its prefix included. */
export const MIN_SHAPE = 14;

const BY_START = new Map<string, Shape[]>();
for (const shape of [...SHAPES, ...ONE_CASE]) {
  const start = shape.prefix.slice(0, 2);
  BY_START.set(start, [...(BY_START.get(start) ?? []), shape]);
}
const CAN_START = new Uint8Array(128);
for (const { prefix } of [...SHAPES, ...ONE_CASE]) CAN_START[prefix.charCodeAt(0)] = 1;

/** How all of them begin, for whoever looks whether a text is worth a closer look (`hints.ts`). */
export const SHAPE_HINTS: readonly string[] = [...SHAPES, ...ONE_CASE].map(({ prefix }) => {
  if (prefix === '1//0') return '//#@';
  if (prefix === 'SK') return '^sk#';
  return prefix.length < 4 ? `^${prefix}*` : pickHint(prefix.toLowerCase());
});

/**
 * Where a token that begins at `at` ends; -1: none does; {@link NEARLY}: it only begins as one. `at` is where a word or a part of one begins. The body of a
 * token is looked at once: whoever finds one goes on behind it.
 */
export function findShapeEnd(text: string, at: number): number {
  if (CAN_START[text.charCodeAt(at)] !== 1) return -1;
  const shapes = BY_START.get(text.slice(at, at + 2));
  if (shapes === undefined) return -1;
  let found = -1;
  for (const { prefix, body } of shapes) {
    if (!text.startsWith(prefix, at)) continue;
    found = NEARLY;
    // A part of a longer word is tried once, at its beginning: else each part would look through all that follow.
    if (prefix === 'eyJ' && at > 0 && isJoined(text.charCodeAt(at - 1))) continue;
    body.lastIndex = at + prefix.length;
    if (body.test(text)) return body.lastIndex;
  }
  return found;
}

const isJoined = (code: number): boolean =>
  code === 0x2d ||
  code === 0x5f ||
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a);
