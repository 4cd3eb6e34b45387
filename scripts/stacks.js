"use strict";
// Tells a GitHub workflow for which stacks it runs, as .github/stacks.json lists them:
//
//     node scripts/stacks.js >> "$GITHUB_OUTPUT"
//
// Plain JavaScript without packages: the job that reads the list has nothing else to do.

const fs = require("node:fs");
const path = require("node:path");

const file = path.join(".github", "stacks.json");

/** A user's mistake in the list: shown as its message alone. */
class ListError extends Error {}

/** A finding in the words of the program: where, what was found, what is wrong, what to do. */
function fault(where, found, wrong, remedy) {
  return new ListError(`${where}: found ${found}: ${wrong}: ${remedy}`);
}

/** The list, with the environments that a stack has when its entry names none. */
function stacksIn(text) {
  let list;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw fault(file, "a text that is not JSON", error.message, "correct it, or write []");
  }
  if (!Array.isArray(list)) {
    throw fault(file, typeof list, "it is not a list", 'write [{ "stack": "prod" }]');
  }
  const stacks = list.map((entry, index) => {
    const { stack, preview = `${stack}-preview`, up = `${stack}`, ...others } = Object(entry);
    const where = `${file}[${index}]`;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) {
      throw fault(
        `${where}.${unknown}`,
        "a key",
        "there is no such key",
        "write stack, preview or up",
      );
    }
    for (const [key, value] of Object.entries({ stack, preview, up })) {
      if (typeof value !== "string" || value === "") {
        throw fault(
          `${where}.${key}`,
          JSON.stringify(value) ?? "nothing",
          "it is no name",
          "write one",
        );
      }
    }
    return { stack, preview, up };
  });
  const names = stacks.map(({ stack }) => stack);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw fault(
      file,
      `the stack ${twice} twice`,
      "its two jobs would lock each other out",
      "remove one",
    );
  }
  return stacks;
}

try {
  console.log(`stacks=${JSON.stringify(stacksIn(fs.readFileSync(file, "utf8")))}`);
} catch (error) {
  if (!(error instanceof ListError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
