const KIND = '"Type":"container","Action":"exec_die","Actor":{"ID":"';
/** Before it the fields that are gone from API 1.52: status, id and from. */
const OLD_HEAD = '{"status":"exec_die","id":"';
const ATTRIBUTES = '","Attributes":{"';
const EXIT_CODE = ',"exitCode":"';
const TASK_ID = ',"com.docker.swarm.task.id":"';
const TIME = '"}},"scope":"local","time":';
const NANOS = /^\d{1,12},"timeNano":(\d{1,19})\}$/;

/**
 * Of the line of an event that says that a command ended in a container, what `toEvent` reads of it, without the twenty labels
 * that come along: in a swarm that is well nearly all lines are of probes that pass. `null` where the line is another one, or not
 * written as Docker writes it (moby `api/types/events`, its attributes in the order of their names): then it is to be parsed.
 *
 * What is looked for cannot stand within a text: JSON puts a backslash before the quotes of one, and after a text no name
 * follows without a comma of its own.
 */
export function readProbeEnd(line: string): object | null {
  const kindAt = line.indexOf(KIND);
  if (kindAt !== 1 && !(kindAt > 1 && line.startsWith(OLD_HEAD))) return null;
  const idAt = kindAt + KIND.length;
  const id = readUntilQuote(line, idAt);
  if (id === null || !line.startsWith(ATTRIBUTES, idAt + id.length)) return null;
  const attributesAt = idAt + id.length + ATTRIBUTES.length;
  const timeAt = line.lastIndexOf(TIME);
  const nanos = NANOS.exec(line.slice(timeAt + TIME.length))?.[1];
  const taskId = readMember(line, TASK_ID, attributesAt, timeAt);
  const exitCode = readMember(line, EXIT_CODE, attributesAt, timeAt);
  if (nanos === undefined || taskId === null || exitCode === null) return null;
  return {
    Type: 'container',
    Action: 'exec_die',
    Actor: { ID: id, Attributes: { 'com.docker.swarm.task.id': taskId, exitCode } },
    timeNano: Number(nanos),
  };
}

/** `null`: it is not there, or something is escaped in it. */
function readMember(line: string, name: string, from: number, to: number): string | null {
  const at = line.indexOf(name, from);
  return at < 0 || at > to ? null : readUntilQuote(line, at + name.length);
}

function readUntilQuote(line: string, from: number): string | null {
  const text = line.slice(from, line.indexOf('"', from));
  return text.includes('\\') ? null : text;
}
