/** Where to say what no page shows. */
export type Log = (level: 'debug' | 'info' | 'warn', text: string) => void;
