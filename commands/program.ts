import { Command, CommanderError, Option, type Help, type OutputConfiguration } from "commander";
import { pointed } from "../findings/pointers";
import { isVCenterError } from "../vcenter/offline";
import { UserError } from "./run";

/** An option of a command. Its flag is its name in the table: `out` is `--out`, `expectChanges` `--expect-changes`. */
export interface OptionDefinition {
  /** What stands for the value in help, `DIR`. An option without one is a switch. */
  readonly value?: string;
  /** Makes the option required: what is missing without it, for the message. */
  readonly required?: string;
  readonly text: string;
}

/** The values that the action of a command is given for its options. */
export type OptionValues<Options> = {
  readonly [Name in keyof Options]?: Options[Name] extends { readonly value: string }
    ? string
    : boolean;
} & {
  readonly [
    Name in keyof Options as Options[Name] extends { readonly required: string } ? Name : never
  ]: string;
};

/** Terms with their explanations: a section of help. */
export type Terms = readonly (readonly [term: string, text: string])[];

/** A command of the program, or a group of commands. */
export interface CommandDefinition {
  /** What is typed for it. */
  readonly name: string;
  /** A line for the list of commands. */
  readonly summary: string;
  /** What it does, in paragraphs. */
  readonly description: readonly string[];
  readonly options?: Readonly<Record<string, OptionDefinition>>;
  /** The commands of a group, which has no action. */
  readonly commands?: readonly CommandDefinition[];
  /** Lines to paste, each with what it does. */
  readonly examples: Terms;
  readonly environment?: Terms;
  /** In place of the usual ones. */
  readonly exitCodes?: Terms;
  /** Does the work. Returns the exit code if it is not 0. Throws a UserError for what the user can mend. */
  action?(options: Readonly<Record<string, string | boolean>>): Promise<number | undefined>;
}

/** A {@link CommandDefinition} whose action is checked against its options. */
export function defineCommand<const Options extends Readonly<Record<string, OptionDefinition>>>(
  definition: Omit<CommandDefinition, "options" | "commands" | "action"> & {
    readonly options: Options;
    action(options: OptionValues<Options>): Promise<number | undefined>;
  },
): CommandDefinition {
  return definition;
}

/** As wide as the narrowest terminal that is still common. */
const helpWidth = 80;

const usualEnvironment: Terms = [
  ["DECKHOUSE_VSPHERE_STACK_TRACES", "set to 1 to see where a defect is"],
];

const usualExitCodes: Terms = [
  ["0", "done"],
  ["1", "failed, or not understood: standard error says why"],
];

/**
 * Runs the program on a command line.
 *
 * @param root a group of all commands, with the name of the program
 * @param args what follows the program's name
 * @param output where help and errors go; standard output and standard error by default
 * @returns the exit code
 * @throws UserError and whatever else the command's action throws
 */
export async function runProgram(
  root: CommandDefinition,
  version: string,
  args: readonly string[],
  output: Pick<OutputConfiguration, "writeOut" | "writeErr"> = {},
): Promise<number> {
  let exitCode = 0;
  const program = new Command(root.name)
    .version(version, "-V, --version", "print the version")
    .exitOverride()
    .configureHelp({ helpWidth, subcommandTerm: (command) => command.name() })
    .configureOutput({
      ...output,
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
    });
  addTo(program, root, root.name, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    // Its message is written already.
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
  return exitCode;
}

function addTo(
  command: Command,
  definition: CommandDefinition,
  path: string,
  end: (exitCode: number) => void,
): void {
  const { summary, description, options = {}, commands = [] } = definition;
  command
    .summary(summary)
    .description(description.join("\n\n"))
    .usage(usageOf(definition))
    .helpOption("-h, --help", "print this text")
    .helpCommand(false)
    .showHelpAfterError(`Run "npm run deckhouse-vsphere -- ${helpArguments(path)}" for help.`)
    .addHelpText("after", (context) => sections(definition, context.command.createHelp()));
  for (const [name, option] of Object.entries(options)) {
    command.addOption(new Option(flagOf(name, option), option.text));
  }
  if (commands.length === 0) {
    command.action(async (values: Record<string, string | boolean>) => {
      try {
        refuseMissing(options, values);
        end((await definition.action?.(values)) ?? 0);
      } catch (error) {
        throw withPointer(error, path);
      }
    });
  }
  for (const each of commands) addTo(command.command(each.name), each, `${path} ${each.name}`, end);
}

/** What a command failed with, with the heading of docs/troubleshooting.md about that command. */
function withPointer(error: unknown, path: string): unknown {
  if (error instanceof UserError) {
    return new UserError(pointed(error.message, `command-${path.split(" ")[1] ?? ""}`));
  }
  if (isVCenterError(error)) return new UserError(pointed(error.message, "vcenter-refused"));
  return error;
}

/** Also an empty value is none, which commander itself would take. */
function refuseMissing(
  options: Readonly<Record<string, OptionDefinition>>,
  values: Readonly<Record<string, string | boolean>>,
): void {
  for (const [name, { required }] of Object.entries(options)) {
    if (required === undefined || values[name]) continue;
    throw new UserError(`--${hyphenated(name)}: found nothing: ${required}`);
  }
}

function usageOf({ options = {}, commands = [] }: CommandDefinition): string {
  const required = Object.entries(options).filter(([, option]) => option.required !== undefined);
  return [
    ...required.map(([name, option]) => flagOf(name, option)),
    ...(commands.length > 0 ? ["<command>"] : []),
    "[options]",
  ].join(" ");
}

function flagOf(name: string, { value }: OptionDefinition): string {
  return `--${hyphenated(name)}${value === undefined ? "" : ` <${value}>`}`;
}

function hyphenated(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The arguments of the program that show the help of a command, by its path with the program's name. */
function helpArguments(path: string): string {
  return [...path.split(" ").slice(1), "--help"].join(" ");
}

/** What follows the options in help. */
function sections(definition: CommandDefinition, help: Help): string {
  const { examples, environment = [], exitCodes = usualExitCodes } = definition;
  const indented = (text: string): string =>
    help.boxWrap(text, helpWidth - 6).replaceAll(/^/gm, "      ");
  const lines = (terms: Terms): string[] => {
    const width = Math.max(...terms.map(([term]) => term.length));
    return terms.map(([term, text]) =>
      // Names that leave no room beside them have their text below.
      width > helpWidth / 2
        ? `  ${term}\n${indented(text)}`
        : help.formatItem(term, width, text, help),
    );
  };
  return [
    "",
    "Examples:",
    ...examples.map(([line, text]) => `  $ ${line}\n${indented(text)}`),
    "",
    "Environment variables:",
    ...lines([...environment, ...usualEnvironment]),
    "",
    "Exit codes:",
    ...lines(exitCodes),
  ].join("\n");
}
