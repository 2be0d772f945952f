import { isAddress, isOfOperations, isVersion } from './operations-words.ts';
import { isPlaceholder, isVariable, looksSecret } from './prose.ts';
import { findWordEnd, isBreak, skipBlanks } from './value-ends.ts';

/**
 * A password that words stand before, and not the sign at once: `Senha do administrador: …`, `La contraseña inicial es: …`,
 * `use this password to sign in: …`. Whatever the language, it ends its line and looks like one.
 */

/** Of letters alone between; a verb, a colon, or both. */
const BETWEEN =
  /((?:[ \t]{1,4}[^\s:=,;.()<>|[\]"]{1,24}){1,7})(?:[ \t]?:|[ \t]{1,4}(?:lautet|ist|est|es|è|é|är|er|jest|is):?)[ \t]{1,4}["'«»]?([^\s"'«»]{6,64})["'«»]?[.!]?[ \t]{0,8}(?:[\r\n]|$)/y;
/** Nothing follows in the name itself: `Passwort-Richtlinie` is no password. */
const NAME =
  /(?:passw(?:or[dt]|d)|passphrase|passcode|kennwort|senha|contrase(?:n|ñ|ny)a|wachtwoord|l[oö]senord|adgangskode|kodeord|passord|lykilor[dð]|has[lł]o|heslo|geslo|clave|parol[aeiăья]?|salasana|jelsz[oó]|sifre|şifre(?:si)?|de passe|[\u0080-\uffff]\S*)s?$/i;
/** `Senha: …` and its like are read elsewhere; behind the English word more is said of passwords, and it must be pointed at. */
const ENGLISH = /pass(?:word|wd|phrase|code)?s?$/i;
const POINTED = /\b(?:following|this)[ \t]$/i;
const TO = /^[ \t]{1,4}(?:to|for|when|in order)[ \t]/i;
/** Italian says "password", too. */
const ITALIAN =
  /^[ \t](?:(?:dell?['’a-z]{0,2}|iniziale|provvisoria|temporanea|generata|predefinita|amministratore)(?:[ \t]|$)|dell['’])/i;
/** A word that is no password in Spanish or Italian but where its owner or its use follows. */
const KEY_WORD = /(?:^|[^a-z])(?:clave|parola|parole)$/i;
const OF_KEY_WORD =
  /^[ \t](?:de[ \t](?:acceso|usuario|administrador|admin|root)|del[ \t](?:usuario|administrador)|per[ \t]|d['’]accesso)/i;
/** What is said when there is none behind it. */
const TOLD =
  /fail|error|err(?:eur|ata|ada|ato)|inval|incorr|wrong|fals|reject|denie|refus|expir|abgelauf|ung[üu]ltig|fehl|oubli|caduc|scad|verlop|onjuist|ongeldig|match|missing|fehlt|polic|attempt|versuch|tentativ|intento|lock|gesperrt|mail|sent|hint|file|datei|hash|ge[äa]ndert|modif|alterad|cambiad|changed|zurück|reset|public|wygas|zmien|andrat|ändrat|ændret|endret|gewijzigd|belong|chiave|required|erforder|minim|length|länge|\bvon[ \t]+\S+[ \t]+um\b/i;
/** `Passwort für Benutzer: …`: who it is for. */
const WHOSE =
  /[ \t](?:für|fuer|for|para|pour|per|voor|för|til|dla|by|von|por|par)(?:[ \t]+\S{1,8})?[ \t]+(?:benutzer|nutzer|konto|usuario|utilisateur|compte|user|account|host|server|service|utente|gebruiker|användare|brukt?er)$/i;
/** What machines, files and images are called. */
const CALLED =
  /[/\\]|^[A-Za-z]+(?:[-_.][A-Za-z\d]+)+$|^\d+[a-z]?$|^sha\d|^[\da-f]{6,7}$|^[A-Za-z][a-z]{1,24}(?:[A-Z][a-z]{1,24}){2,6}$/;

export interface Owned {
  from: number;
  end: number;
}

/** Where the password stands whose name ends at `end`; `null`: no text names one. */
export function findOwned(text: string, at: number, end: number): Owned | null {
  BETWEEN.lastIndex = end;
  const found = BETWEEN.exec(text);
  const [whole, between = '', value = ''] = found ?? [];
  if (found === null || whole === undefined || TOLD.test(between) || WHOSE.test(between)) return null;
  const name = text.slice(Math.max(0, end - 24), end);
  if (!NAME.test(name)) return null;
  if (
    ENGLISH.test(name) &&
    !ITALIAN.test(between) &&
    !(POINTED.test(text.slice(Math.max(0, at - 12), at)) && TO.test(between))
  )
    return null;
  if (KEY_WORD.test(name) && !OF_KEY_WORD.test(between)) return null;
  if (!looksSecret(value) || CALLED.test(value) || isPlaceholder(value) || isVariable(value)) return null;
  if (isVersion(value) || isAddress(value) || isOfOperations(value)) return null;
  const from = end + whole.lastIndexOf(value);
  return { from, end: from + value.length };
}

/** `!SwuO=#*D53j`, as MySQL makes them: letters of both kinds, digits and marks, alone to the end of the line. */
export function isMarked(text: string, from: number): boolean {
  const end = Math.min(findWordEnd(text, from), from + 65);
  const word = text.slice(from, end);
  if (word.length < 8 || word.length > 64 || !/\d/.test(word) || !/[a-z]/.test(word) || !/[A-Z]/.test(word))
    return false;
  if (!/[!#$%&*^@?;<>~|+=]/.test(word) || NO_MARKED.test(word)) return false;
  const last = skipBlanks(text, end);
  return last >= text.length || isBreak(text.charCodeAt(last));
}
/** Settings, addresses, what is in brackets, mail. */
const NO_MARKED =
  /^["']?[A-Za-z_][\w.-]{2,}=|:\/\/|^[[({<].*[\])}>][.,;]?$|^["'`]|^[\w.+-]+@[\w.-]+$|\$\{|\\[nr]/;
