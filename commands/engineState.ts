import { z } from "zod";
import { repositoryRoot } from "../configuration/projectFiles";
import { failureOfEngine } from "./engineFailure";
import { runCommand } from "./run";

/** A resource of a stack's state, as far as commands look at it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** Empty for a component. */
  readonly id: string;
  /** The last part of its URN: `topology-k8s-zone-x1-a`. */
  readonly name: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a stack's state says. */
export interface EngineState {
  /** In the order of the state; those that wait for their deletion are left out. */
  readonly resources: readonly StateResource[];
  /** What an interrupted run was making: the engine does not know whether it was made. */
  readonly pendingCreates: readonly StateResource[];
}

const resourceSchema = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().default(""),
  delete: z.boolean().default(false),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

/** Both lists are null or missing before the first `pulumi up`, and so can be the deployment. */
const exportSchema = z.looseObject({
  version: z.number(),
  deployment: z
    .looseObject({
      resources: z.array(resourceSchema).nullish(),
      pending_operations: z
        .array(z.object({ type: z.string(), resource: resourceSchema }))
        .nullish(),
    })
    .nullish(),
});

/**
 * The state of a stack as the engine exports it, secrets encrypted.
 *
 * @throws UserError when there is no such stack, or the engine cannot reach its state
 */
export async function exportedState(stack: string): Promise<string> {
  const args = ["stack", "export", "--stack", stack, "--non-interactive"];
  const { stdout } = await runCommand("pulumi", args, {
    cwd: repositoryRoot(process.cwd()),
  }).catch((error: unknown) => failureOfEngine(error, "stack export"));
  return stdout;
}

/**
 * Makes a state that was exported and edited the state of a stack. It is handed over without a file, because it can hold
 * secrets.
 *
 * @throws UserError with what the engine says when it refuses the state
 */
export async function importState(stack: string, state: string): Promise<void> {
  const args = ["stack", "import", "--stack", stack, "--non-interactive"];
  await runCommand("pulumi", args, {
    cwd: repositoryRoot(process.cwd()),
    input: state,
  }).catch((error: unknown) => failureOfEngine(error, "stack import"));
}

/** Reads an exported state; one before the first `pulumi up` is empty. */
export function readState(exported: string): EngineState {
  const { deployment } = exportSchema.parse(JSON.parse(exported));
  return {
    resources: (deployment?.resources ?? []).filter((one) => !one.delete).map(withName),
    pendingCreates: (deployment?.pending_operations ?? [])
      .filter(({ type }) => type === "creating")
      .map(({ resource }) => withName(resource)),
  };
}

/** The same state without a resource: what `pulumi stack import` takes to forget everything. */
export function withoutResources(exported: string): string {
  const { deployment, ...rest } = exportSchema.parse(JSON.parse(exported));
  return JSON.stringify({
    ...rest,
    deployment: { ...deployment, resources: [], pending_operations: [] },
  });
}

function withName({ urn, type, id, outputs }: z.infer<typeof resourceSchema>): StateResource {
  return { urn, type, id, name: urn.split("::").slice(3).join("::"), outputs };
}

/** The name of a stack; of the selected one when none is given. @throws UserError when none is selected */
export async function stackName(stack: string | undefined): Promise<string> {
  if (stack !== undefined) return stack;
  const args = ["stack", "--show-name", "--non-interactive"];
  const { stdout } = await runCommand("pulumi", args, {
    cwd: repositoryRoot(process.cwd()),
  }).catch((error: unknown) => failureOfEngine(error, "stack --show-name"));
  return stdout.trim();
}
