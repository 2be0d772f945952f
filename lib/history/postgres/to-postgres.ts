/** A statement as PostgreSQL takes it. */
export interface PostgresStatement {
  text: string;
  /** The names of its values, in order; `null`: they have none. */
  names: readonly string[] | null;
}

/** A text in quotes, a cast, or a place for a value. */
const PLACE = /'[^']*'|"[^"]*"|::|\?(\d*)|:([a-z]\w*)/gi;

/** From the SQL of `database.ts`: places have numbers, an index is not named, and a table is emptied at once. */
export function toPostgres(sql: string): PostgresStatement {
  const names: string[] = [];
  let places = 0;
  const text = sql
    .replaceAll(/\s+INDEXED BY \w+/gi, '')
    .replace(/^\s*DELETE FROM (\w+)\s*$/i, "SELECT clear_table('$1')")
    .replaceAll(PLACE, (found: string, number: string | undefined, name: string | undefined) => {
      if (name !== undefined) {
        if (!names.includes(name)) names.push(name);
        return `$${names.indexOf(name) + 1}`;
      }
      if (number === undefined) return found;
      places = number === '' ? places + 1 : Number(number);
      return `$${places}`;
    });
  return { text, names: names.length > 0 ? names : null };
}
