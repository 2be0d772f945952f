import { serve } from './serve.ts';

/** `node serve.js [FOLDER]` serves the build there; `node lib/server/http/cli.ts --dev` serves the sources. */
const [argument] = process.argv.slice(2);
if (argument === '--dev') await serve(process.cwd(), true);
else await serve(argument ?? import.meta.dirname);
