import { Ajv } from "ajv";
import { editorKeywords, type JsonSchema } from "../../configuration/jsonSchema/jsonSchema";

/**
 * Makes a function that finds what a JSON Schema has against a value.
 *
 * @param schema of draft 7; a keyword that nobody knows is an error
 * @returns a function that answers with the first fault, or with undefined for a value that is accepted
 */
export function jsonValidator(schema: JsonSchema): (value: unknown) => string | undefined {
  const ajv = new Ajv({
    ...{ strict: true, allowUnionTypes: true },
    // A condition asks for keys that are described elsewhere.
    strictRequired: false,
    // Hundreds of schemas are compiled for few values each.
    code: { optimize: false },
    // As in JSON, where `toString` is a key only if it is written.
    ownProperties: true,
  });
  ajv.addVocabulary([...editorKeywords]);
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? undefined : ajv.errorsText(validate.errors));
}
