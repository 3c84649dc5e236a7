// Reads a script from standard input and reports, without running it, whether it parses.
// {}: it does. {error}: it does not. {module, error}: it may parse as a module, which only Node.js itself can check.
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

// The stack of a syntax error begins with "name:line", the line itself, and marks below the error.
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
