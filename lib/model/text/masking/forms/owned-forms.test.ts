import { describe, expect, it } from 'vitest';
import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';

/** First starts of images print a password with words before its sign: whose it is, what it is for, in any language. */
const OWNED: readonly string[] = [
  'Senha do administrador: §',
  'Senha gerada: §',
  'A senha do administrador é §',
  'Contraseña del administrador: §',
  'Contraseña para el usuario admin: §',
  'La contraseña inicial es: §',
  'La contraseña del usuario admin es §',
  'Clave de acceso: §',
  'Mot de passe administrateur : §',
  'Mot de passe provisoire généré : §',
  'Passwort des Administrators: §',
  'Passwort fuer admin: §',
  'Passwort von admin ist §',
  'Das Passwort für den Benutzer admin lautet: §',
  'Das Administratorkennwort lautet: §',
  "Password dell'amministratore: §",
  'La password iniziale è: §',
  'Hasło administratora: §',
  'Wachtwoord van de beheerder: §',
  'Lösenord för admin: §',
  'Use this password to sign in: §',
  'Please use the following password to proceed to installation: §',
  'Zugangsdaten: admin / §',
  'Identifiants : admin / §',
  'Credenciales: admin / §',
];
/** What needs no name to be one: letters of both kinds, digits, and marks that end other values. */
const MARKED: readonly string[] = [
  'A temporary password is generated for root@localhost: §',
  'Password for user admin: §',
  'Initial password for admin is: §',
  'Your password has been set to: §',
];
const KEYS: readonly string[] = [
  'Setup key: §',
  'Pairing key: §',
  'NB_SETUP_KEY=§',
  'netbird up --setup-key §',
  'BOOTSTRAP_KEY=§',
  'Install key: §',
  'Invite key: §',
];

const CASES: readonly [readonly string[], readonly string[]][] = [
  [OWNED, ['sommer2026', '4f1d9b7a2c8e4f6093ab5d7e1c2f8a90']],
  [MARKED, ['!SwuO=#*D53j', '(aB=c3D;eFg', ')k<ySt2C=v;l', 'p=Xh&8wE/_iK', '#D53j=SwuO*!']],
  [KEYS, ['q8mZ2wv0TT1x', 'A1B2C3D4-E5F6-7890-ABCD-EF1234567890']],
];

describe('a secret is hidden, whatever stands between its name and its sign', () => {
  for (const [forms, secrets] of CASES)
    for (const form of forms)
      for (const secret of secrets)
        it(`in ${JSON.stringify(form)}: ${secret}`, () => {
          const line = `first start\n${form.replace('§', () => secret)}\nready`;
          expect(maskSecrets(line)).toBe(`first start\n${form.replace('§', '•••')}\nready`);
        });
});

/** What else is said of passwords and their owners. */
const FACTS: readonly string[] = [
  'Passwort geändert von: admin01',
  'Passwort zurückgesetzt durch Administrator: ann42x',
  'Passwort-Richtlinie des Mandanten: policy12',
  'Senha expirada para o usuário: ann42x',
  'Senha alterada pelo usuário: ann42x',
  'Senha do administrador: não definida',
  'Contraseña cambiada por el usuario: ann42x',
  'Mot de passe modifié par l’utilisateur : ann42x',
  'Mot de passe administrateur : non défini',
  'Hasło wygasło dla użytkownika: ann42x',
  'Clave primaria duplicada: pedidos42',
  'Wachtwoord gewijzigd door: ann42x',
  'Lösenord ändrat av: ann42x',
  'password rotation is scheduled on: worker12',
  'Using password store on volume: shopdata12',
  'this password is used by service: shopapi12',
  'Use this password to sign in: see README',
  'Password for user admin: minLength=8;maxLength=20',
  'Identifiants : 8d3e2a1f',
  'Zugangsdaten: LDAP / Kerberos',
  'Setup key: not configured',
  'bootstrap.key=/etc/ssl/bootstrap.key',
  'SETUP_KEY_FILE=/run/secrets/setup_key',
];

describe('what is said of passwords stays readable', () => {
  for (const fact of FACTS)
    it(`leaves ${JSON.stringify(fact)}`, () => {
      expect(maskSecrets(fact)).toBe(fact);
    });
});

it.each(['-Bbn', '-nBb', '-nbB', '-bnm', '-n -b'])(
  'htpasswd %s prints: its second word is the password',
  (flags) => {
    expect(maskSecrets(`+ htpasswd ${flags} admin tiger99x`)).toBe(`+ htpasswd ${flags} admin •••`);
    expect(maskCommand(['htpasswd', ...flags.split(' '), 'admin', 'tiger99x']).slice(-2)).toEqual([
      'admin',
      '•••',
    ]);
    expect(maskSecrets('htpasswd -cbB -C 12 /auth/users admin tiger99x')).toBe(
      'htpasswd -cbB -C 12 /auth/users admin •••',
    );
  },
);

it.each([
  ['parse "amqp://shop:§": invalid port ":§" after host', 'tiger'],
  ["ValueError: Port could not be cast to integer value as '§'", 'tiger#99'],
  ['Connecting to shop/§@//oracle:1521/XE', 'tiger99x'],
  ['Sunshine started with --creds admin §', 'tiger99x'],
])('a part of a password that an error tells is hidden: %s', (form, secret) => {
  expect(maskSecrets(form.replaceAll('§', secret))).toBe(form.replaceAll('§', '•••'));
});

it.each([
  'parse "http://db:54x2": invalid port ":8080a" after host',
  'nats --creds /creds/user.creds server ping',
  'app --credentials /run/secrets/creds.json start',
  'Invalid response from https://x/.well-known/acme-challenge/evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA: 404',
])('leaves %s', (fact) => {
  expect(maskSecrets(fact)).toBe(fact);
});
