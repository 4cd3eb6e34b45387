import type { VariableValue } from "./recipe";

/**
 * Writes variables as a `.pkrvars.hcl` file.
 *
 * @throws RangeError for a control character, which HCL cannot be given in a readable way
 */
export function variablesFile(variables: Readonly<Record<string, VariableValue>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name} = ${hclValue(value)}\n`)
    .join("");
}

function hclValue(value: VariableValue): string {
  if (typeof value === "string") return hclString(value);
  return typeof value === "object" ? `[${value.map(hclString).join(", ")}]` : String(value);
}

/** JSON's escapes are HCL's too, except those of control characters; `${` and `%{` would begin a template. */
function hclString(text: string): string {
  if (/\p{Cc}/u.test(text.replaceAll(/[\t\n]/g, ""))) {
    throw new RangeError("a control character cannot stand in a Packer variable");
  }
  return JSON.stringify(text).replaceAll(/([$%])\{/g, "$1$1{");
}
