// Reads a script from standard input and tells, without running it, whether it parses as a script, or else where it does not.
// {} it does; {module, error} it may do so as a module, of which Node.js itself must be asked; {error} it does not.
import { stripTypeScriptTypes } from 'node:module';
import { compile } from './script.mjs';

const name = 'script';
const chunks = [];
for await (const chunk of process.stdin) {
  chunks.push(chunk);
}

const source = Buffer.concat(chunks).toString('utf8');

function errorOf(parse) {
  try {
    parse();
    return null;
  } catch (error) {
    return error;
  }
}

// The stack of a syntax error begins with "name:line", the line itself, and marks under the place.
function withPosition(error) {
  const lines = String(error.stack).split('\n');
  const line = /:(\d+)$/.exec(lines[0])?.[1];
  const marks = lines.slice(1, 4).find((text) => /^\s*\^+\s*$/.test(text));
  return { message: String(error.message), line: Number(line ?? 1), column: marks === undefined ? 1 : marks.indexOf('^') + 1 };
}

function check() {
  if (errorOf(() => compile(source, name)) === null) {
    return {};
  }

  let stripped;
  const stripError = errorOf(() => {
    stripped = stripTypeScriptTypes(source, { mode: 'strip' });
  });
  if (stripError !== null) {
    return { error: withPosition(stripError) };
  }

  const asScript = errorOf(() => compile(stripped, name));
  if (asScript === null) {
    return {};
  }

  return { module: stripped, error: withPosition(asScript), modular: /import|export|await/.test(asScript.message) };
}

process.stdout.write(JSON.stringify(check()));
