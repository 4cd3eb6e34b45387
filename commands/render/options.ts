import { parseArgs } from "node:util";
import { UserError } from "../main";

/** What to render, and where to. */
export interface RenderOptions {
  /** The folder for the files, as the user wrote it. */
  readonly out: string;
  /** The stack; the selected one when there is none. */
  readonly stack?: string;
  /** The only region to render; all when there is none. */
  readonly region?: string;
  /** Whether placeholders stand in place of secrets. */
  readonly placeholders: boolean;
}

export const helpText = `Writes the documents of a stack as files, one folder for each region.

  npm run render -- --out DIR [--stack NAME] [--region NAME] [--placeholders]

  --out DIR        where to write to; files of earlier runs there are replaced
  --stack NAME     the stack, when it is not the selected one
  --region NAME    only this region, by the name of its tag
  --placeholders   placeholders in place of secrets: files that a repository can hold
  --help           this text

The documents are those of the last "pulumi up". With their secrets, files are readable by you alone (mode 0600).
In each folder, bootstrap.yaml is what "dhctl bootstrap --config" takes; the other files have its parts.`;

/**
 * Reads the command line.
 *
 * @param args what follows the program's name
 * @throws UserError for a command line that cannot be understood
 */
export function optionsFrom(args: readonly string[]): RenderOptions | "help" {
  const { values } = parsed(args);
  if (values.help === true) {
    return "help";
  }
  const { out, stack, region, placeholders = false } = values;
  if (out === undefined || out === "") {
    throw new UserError(`--out: found nothing: the folder for the files is missing\n\n${helpText}`);
  }
  return {
    ...{ out, placeholders },
    ...(stack === undefined ? {} : { stack }),
    ...(region === undefined ? {} : { region }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: { type: "string" },
        stack: { type: "string" },
        region: { type: "string" },
        placeholders: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${helpText}`);
  }
}
