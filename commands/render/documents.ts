import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { clusterDocumentsType } from "../../components/clusterDocuments/clusterDocumentsType";
import { documentFiles } from "../../documents";
import { exportedState, readState, stackName } from "../engineState";
import { CommandFailure, runCommand, UserError } from "../run";

/** Which documents to take. */
export interface DocumentChoice {
  /** The selected stack without one. */
  readonly stack?: string | undefined;
  /** All regions without one. */
  readonly region?: string | undefined;
  /** Whether placeholders stand in place of secrets. */
  readonly placeholders: boolean;
}

/** The files of each region, by the region's name and the file's name. */
export type StackDocuments = Readonly<Record<string, Readonly<Record<string, string>>>>;

const documentsSchema = z.record(z.string(), z.record(z.string(), z.string()));
const outputsSchema = z.record(z.string(), z.unknown());

/**
 * Reads the documents of a stack: from its outputs, or with placeholders from its state.
 *
 * @throws UserError when there are no such documents, or the engine fails
 */
export async function readStackDocuments(choice: DocumentChoice): Promise<StackDocuments> {
  if (choice.placeholders) {
    return chosenDocuments(
      keptDocuments(await exportedState(await stackName(choice.stack))),
      choice,
    );
  }
  const args = ["stack", "output", "--json", "--non-interactive", "--show-secrets"];
  if (choice.stack !== undefined) args.push("--stack", choice.stack);
  const { stdout } = await runCommand("pulumi", args).catch(explain);
  return chosenDocuments(documentsIn(parsedOutputs(stdout)), choice);
}

/**
 * The documents in a stack's outputs.
 *
 * @param outputs what `pulumi stack output --json` prints
 * @throws UserError when it is nothing of the kind
 */
export function documentsIn(outputs: unknown): StackDocuments | undefined {
  const found = outputsSchema.safeParse(outputs);
  if (!found.success) throw unreadable("stack output --json", "is not an object of outputs");
  const documents = documentsSchema.optional().safeParse(found.data["documents"]);
  if (!documents.success) throw unreadable("stack output --json", "holds no documents");
  return documents.data;
}

/**
 * The documents in a stack's state, with placeholders for their secrets.
 *
 * @param exported what `pulumi stack export` prints
 * @throws UserError when what is there in their place is nothing of the kind
 */
export function keptDocuments(exported: string): StackDocuments | undefined {
  const kept = readState(exported).resources.find(({ type }) => type === clusterDocumentsType);
  const documents = documentsSchema.optional().safeParse(kept?.outputs["files"]);
  if (!documents.success) throw unreadable("stack export", "holds no documents");
  return documents.data;
}

/**
 * Takes the wanted documents out of those of all regions.
 *
 * @throws UserError when there are none
 */
export function chosenDocuments(
  all: StackDocuments | undefined,
  { region }: Pick<DocumentChoice, "region">,
): StackDocuments {
  if (all === undefined || Object.keys(all).length === 0) {
    throw new UserError(
      "The stack has no documents: run `pulumi up` first, with a clusterConfiguration for at least one region.",
    );
  }
  if (region === undefined) {
    return all;
  }
  const files = Object.hasOwn(all, region) ? all[region] : undefined;
  if (files === undefined) {
    throw new UserError(
      `--region: found "${region}": the stack has no documents for it: write one of ${Object.keys(all).join(", ")}`,
    );
  }
  return { [region]: files };
}

function parsedOutputs(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    throw unreadable("stack output --json", "is not JSON");
  }
}

/** What was printed is not shown: it may hold secrets. */
function unreadable(command: string, fault: string): UserError {
  return new UserError(
    `What \`pulumi ${command}\` printed ${fault}: run \`pulumi up\` again, with this version of the ` +
      "program and the version of Pulumi that it is tested with.",
  );
}

/** What the engine says is what the user has to know; that it was called is not. */
function explain(error: unknown): never {
  if (error instanceof CommandFailure && error.output.trim() !== "") {
    throw new UserError(error.output.trim());
  }
  if (error instanceof CommandFailure) {
    throw new UserError(
      `${error.message}: install Pulumi, https://www.pulumi.com/docs/install/, or put it on the PATH`,
    );
  }
  throw error;
}

/** A file that was written. */
export interface WrittenFile {
  /** Below the folder: `k8s-region-x1/bootstrap.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** What a run did to the folder. */
export interface Written {
  readonly files: readonly WrittenFile[];
  /** Files of an earlier run that have no documents any more, below the folder. */
  readonly removed: readonly string[];
}

/**
 * Writes the files of each region into a folder of its own. A file appears whole and with its mode, or not at all; of
 * what is there already, only files of the same names are replaced or, when they have no documents any more, removed.
 *
 * @param secret whether they hold secrets: then nobody else may read them (mode 0600, folders 0700)
 * @throws UserError when the folder cannot be written to
 */
export function writeDocuments(
  folder: string,
  documents: StackDocuments,
  { secret }: { readonly secret: boolean },
): Written {
  try {
    return writeAll(folder, documents, secret);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UserError(
      `--out: found "${folder}": the files cannot be written there (${error.message}): ` +
        "name a folder that you may write to",
    );
  }
}

function writeAll(folder: string, documents: StackDocuments, secret: boolean): Written {
  const files: WrittenFile[] = [];
  const removed: string[] = [];
  for (const [region, texts] of Object.entries(documents)) {
    const place = join(folder, region);
    mkdirSync(place, { recursive: true, mode: secret ? 0o700 : 0o755 });
    for (const [name, text] of Object.entries(texts)) {
      writeWhole(join(place, name), text, secret ? 0o600 : 0o644);
      files.push({ path: join(region, name), text });
    }
    const old = readdirSync(place).filter(
      (name) => documentFiles.includes(name) && !Object.hasOwn(texts, name),
    );
    for (const name of old) {
      rmSync(join(place, name));
      removed.push(join(region, name));
    }
  }
  return { files, removed };
}

/** A new file in place of the old one: writing into that would keep its mode. */
function writeWhole(path: string, text: string, mode: number): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    writeFileSync(temporary, text, { mode, flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
