import { z } from "zod";
import { CommandFailure, runCommand } from "../runCommand";
import { UserError } from "../main";
import type { RenderOptions } from "./options";

/** The files of each region, by the region's name and the file's name. */
export type StackDocuments = Readonly<Record<string, Readonly<Record<string, string>>>>;

const documentsSchema = z.record(z.string(), z.record(z.string(), z.string()));
const outputsSchema = z.record(z.string(), z.unknown());

/**
 * Reads the documents from the outputs of a stack.
 *
 * @param options which stack, which region, and whether with secrets
 * @throws UserError when there are no such documents
 * @throws CommandFailure when the engine fails
 */
export async function readStackDocuments(options: RenderOptions): Promise<StackDocuments> {
  const args = [
    ...["stack", "output", "--json", "--non-interactive"],
    ...(options.stack === undefined ? [] : ["--stack", options.stack]),
    ...(options.placeholders ? [] : ["--show-secrets"]),
  ];
  const { stdout } = await runCommand("pulumi", args).catch(explain);
  return chosenDocuments(parsedOutputs(stdout), options);
}

/**
 * Takes the wanted documents out of a stack's outputs.
 *
 * @param outputs what `pulumi stack output --json` prints
 * @throws UserError when there are none
 */
export function chosenDocuments(
  outputs: unknown,
  { placeholders, region }: Pick<RenderOptions, "placeholders" | "region">,
): StackDocuments {
  const key = placeholders ? "documentsForRepository" : "documents";
  const found = outputsSchema.safeParse(outputs);
  if (!found.success) throw unreadable("is no object of outputs");
  const documents = documentsSchema.optional().safeParse(found.data[key]);
  if (!documents.success) throw unreadable(`has something else than documents as ${key}`);
  const all = documents.data;
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
    throw unreadable("is no JSON");
  }
}

/** What was printed is not shown: it may hold secrets. */
function unreadable(fault: string): UserError {
  return new UserError(
    `What \`pulumi stack output --json\` printed ${fault}: run \`pulumi up\` again with this version of the program, and ` +
      "the engine that it is tested with.",
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
