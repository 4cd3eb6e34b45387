/**
 * Writes the documents of a stack as files, for `dhctl bootstrap` and `kubectl apply`.
 *
 *     npm run render -- --out DIR
 *     npm run render -- --help
 */
import { isAbsolute, resolve } from "node:path";
import { main } from "./main";
import { helpText, optionsFrom } from "./render/options";
import { reportLines } from "./render/report";
import { exposureOf } from "./render/exposure";
import { readStackDocuments } from "./render/stackDocuments";
import { writeDocuments } from "./render/writeDocuments";
import { visibleLine } from "../findings/text";

main(async () => {
  const options = optionsFrom(process.argv.slice(2));
  if (options === "help") {
    console.log(helpText);
    return;
  }
  // npm runs scripts in the folder of the package, and says where it was called.
  const folder = isAbsolute(options.out)
    ? options.out
    : resolve(process.env["INIT_CWD"] ?? process.cwd(), options.out);
  const documents = await readStackDocuments(options);
  const written = writeDocuments(folder, documents, { secret: !options.placeholders });
  const exposure = options.placeholders ? undefined : await exposureOf(folder);
  for (const line of reportLines(options.out, written, exposure)) console.log(visibleLine(line));
});
