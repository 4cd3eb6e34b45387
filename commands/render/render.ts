import { isAbsolute, join, resolve } from "node:path";
import { placeholdersIn } from "../../documents";
import { visibleLine } from "../../findings/text";
import { defineCommand } from "../program";
import { CommandFailure, runCommand } from "../run";
import { readStackDocuments, writeDocuments, type Written } from "./documents";

/** `render`: the documents of a stack as files, for `dhctl bootstrap` and `kubectl apply`. */
export const render = defineCommand({
  name: "render",
  summary: "write Deckhouse's documents of a stack as files",
  description: [
    "Writes the documents of the last `pulumi up` as files, one folder for each region. In it, bootstrap.yaml is " +
      "what `dhctl bootstrap --config` takes; the other files have its parts, for `kubectl apply`.",
    "With their secrets, files are readable by you alone (mode 0600). Files of earlier runs are replaced, or removed " +
      "when they have no documents any more; everything else in the folder stays.",
  ],
  options: {
    out: {
      value: "DIR",
      required: "the folder for the files is missing: name one, as in --out clusters",
      text: "the folder to write to, which is made if need be",
    },
    stack: { value: "NAME", text: "the stack (default: the selected one)" },
    region: { value: "NAME", text: "only this region, by the name of its tag (default: all)" },
    placeholders: {
      text: "write placeholders in place of secrets: files that a repository can hold",
    },
  },
  examples: [
    ["npm run render -- --out clusters", "all regions of the selected stack"],
    [
      "npm run render -- --out clusters --stack prod --region k8s-region-x1",
      "one region of another stack",
    ],
    ["npm run render -- --out docs/clusters --placeholders", "to commit and review"],
  ],
  environment: [
    ["PULUMI_STACK", "the stack, without --stack"],
    ["PULUMI_BACKEND_URL", "where the state is, if `pulumi login` did not say"],
    ["PULUMI_CONFIG_PASSPHRASE", "opens the secrets of the stack"],
  ],
  async action({ out, stack, region, placeholders = false }) {
    // npm runs scripts in the folder of the package, and says where it was called.
    const folder = isAbsolute(out) ? out : resolve(process.env["INIT_CWD"] ?? process.cwd(), out);
    const documents = await readStackDocuments({ stack, region, placeholders });
    const written = writeDocuments(folder, documents, { secret: !placeholders });
    const exposure = placeholders ? undefined : await exposureOf(folder);
    for (const line of reportLines(out, written, exposure)) console.log(visibleLine(line));
    return undefined;
  },
});

/**
 * What the user should know of a run: what was written, what was removed, and what is left to fill in.
 *
 * @param folder as the user wrote it
 * @param exposure a warning, if there is one
 */
export function reportLines(
  folder: string,
  { files, removed }: Written,
  exposure: string | undefined,
): string[] {
  const open = [...new Set(files.flatMap(({ text }) => placeholdersIn(text)))];
  const lines = [
    ...files.map(({ path }) => join(folder, path)),
    ...removed.map(
      (path) => `${join(folder, path)} removed: the stack no longer has this document`,
    ),
  ];
  if (open.length > 0) lines.push("", "To be filled in before the installation:");
  lines.push(...open.map((name) => `  ${name}`));
  if (exposure !== undefined) lines.push("", exposure);
  return lines;
}

/**
 * Finds out whether files with secrets in a folder could be committed by accident.
 *
 * @param folder a folder that exists
 * @returns a sentence for the user; undefined when the folder is in no git repository, or ignored there
 */
export async function exposureOf(folder: string): Promise<string | undefined> {
  const git = async (...args: string[]): Promise<boolean> => {
    try {
      await runCommand("git", ["-C", folder, ...args]);
      return true;
    } catch (error) {
      if (error instanceof CommandFailure) return false;
      throw error;
    }
  };
  const isExposed =
    (await git("rev-parse", "--is-inside-work-tree")) && !(await git("check-ignore", "-q", "."));
  return isExposed
    ? "These files hold secrets, and git does not ignore their folder: do not commit them. To make files that a repository can hold, use --placeholders."
    : undefined;
}
