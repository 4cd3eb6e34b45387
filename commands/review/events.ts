import { z } from "zod";
import { clusterDocumentsType } from "../../components/clusterDocuments/clusterDocumentsType";
import { compareNaturally } from "../../findings/text";

/** Values by the names of a resource's properties. */
export type Bag = Readonly<Record<string, unknown>>;

/** A resource as the engine knows it at one time. */
export interface ResourceState {
  readonly inputs: Bag;
  readonly outputs: Bag;
}

/** What the engine would do with a resource. A replacement is one step. */
export interface Step {
  readonly operation: "create" | "update" | "delete" | "replace";
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** As the last `up` left it, whatever somebody else has done to it since. Absent before it was ever there. */
  readonly recorded: ResourceState | undefined;
  /** As vCenter has it now. Absent when it is not there. */
  readonly present: ResourceState | undefined;
  /** As the program asks for it. Absent for a deletion. */
  readonly wanted: ResourceState | undefined;
}

/** What reading vCenter again found of a resource. */
export interface Refreshed {
  readonly type: string;
  readonly name: string;
  readonly recorded: ResourceState;
  /** Absent when it is gone. */
  readonly present: ResourceState | undefined;
}

/** What the engine, the program or a provider said. */
export interface Diagnostic {
  readonly severity: string;
  readonly message: string;
}

/** What a preview told, read from its events. */
export interface PreviewEvents {
  readonly steps: readonly Step[];
  readonly refreshed: readonly Refreshed[];
  readonly diagnostics: readonly Diagnostic[];
  /** The outputs of the stack, as they are and as they would be. */
  readonly outputs: { readonly before: Bag; readonly after: Bag };
  /** The files of Deckhouse's documents without secrets, by region and file, as they are and as they would be. */
  readonly documents: { readonly before: unknown; readonly after: unknown };
  readonly isFirst: boolean;
}

const bag = z.record(z.string(), z.unknown()).nullish();
const state = z.object({ inputs: bag, outputs: bag }).nullish();
const stepEvent = z.object({
  metadata: z.object({ op: z.string(), urn: z.string(), type: z.string(), old: state, new: state }),
});
const engineEvent = z.object({
  resourcePreEvent: stepEvent.optional(),
  resOutputsEvent: stepEvent.optional(),
  diagnosticEvent: z
    .object({ severity: z.string(), message: z.string(), prefix: z.string().optional() })
    .optional(),
  policyEvent: z
    .object({ policyName: z.string(), message: z.string(), enforcementLevel: z.string() })
    .optional(),
});

type StepMetadata = z.infer<typeof stepEvent>["metadata"];

const stackType = "pulumi:pulumi:Stack";
const operations = ["create", "update", "delete", "replace"] as const;

/** Providers of the engine hold the whole configuration, and change nothing in vCenter. */
const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");

/**
 * Reads the events of a preview. Each line is an event in JSON, and has one of several keys (pulumi
 * `sdk/go/common/apitype/events.go`). Half a line at the end, of an engine that was killed, is left out.
 *
 * @param text the event log
 * @param clean takes secrets out of a text: each value, and what was said, passes through it
 */
export function readEvents(text: string, clean: (text: string) => string): PreviewEvents {
  const events = text.split("\n").flatMap(parsed);
  const steps: StepMetadata[] = [];
  const refreshed = new Map<string, Refreshed>();
  const diagnostics: Diagnostic[] = [];
  let outputs: PreviewEvents["outputs"] = { before: {}, after: {} };
  let documents: PreviewEvents["documents"] = { before: undefined, after: undefined };
  let isFirst = false;
  const cleanState = (value: StepMetadata["old"]): ResourceState | undefined =>
    value ? { inputs: cleaned(value.inputs), outputs: cleaned(value.outputs) } : undefined;
  const cleaned = (value: Bag | null | undefined): Bag =>
    Object.fromEntries(
      Object.entries(value ?? {}).map(([name, one]) => [name, cleanedValue(one, clean)]),
    );

  for (const { resourcePreEvent, resOutputsEvent, diagnosticEvent, policyEvent } of events) {
    if (diagnosticEvent !== undefined && diagnosticEvent.severity !== "debug") {
      const { severity, message } = diagnosticEvent;
      diagnostics.push({ severity, message: clean(message).trim() });
    }
    if (policyEvent !== undefined) {
      const { policyName, message, enforcementLevel } = policyEvent;
      const severity = enforcementLevel === "advisory" ? "warning" : "error";
      diagnostics.push({ severity, message: `${policyName}: ${clean(saidBy(message))}` });
    }
    const before = resourcePreEvent?.metadata;
    if (before !== undefined && !isProvider(before.type)) {
      if (before.type === stackType) isFirst = before.op === "create";
      else if (isOperation(before.op)) steps.push(before);
    }
    const after = resOutputsEvent?.metadata;
    if (after?.type === stackType && after.op !== "refresh") {
      outputs = { before: cleaned(after.old?.outputs), after: cleaned(after.new?.outputs) };
    } else if (after?.type === clusterDocumentsType && after.op !== "refresh") {
      const [old, wanted] = [cleaned(after.old?.outputs), cleaned(after.new?.outputs)];
      documents = { before: old["files"], after: wanted["files"] };
    } else if (after?.op === "refresh" && !isProvider(after.type)) {
      const recorded = cleanState(after.old);
      if (recorded === undefined) continue;
      const name = clean(nameOf(after.urn));
      refreshed.set(after.urn, {
        ...{ type: after.type, name, recorded },
        present: cleanState(after.new),
      });
    }
  }
  return {
    // The engine works in parallel, and its order is another one each time.
    steps: inOrder(steps).map(({ op, urn, type, old, new: wanted }) => ({
      ...{ operation: op as Step["operation"], urn, type, name: clean(nameOf(urn)) },
      recorded: refreshed.get(urn)?.recorded ?? cleanState(old),
      present: refreshed.has(urn) ? refreshed.get(urn)?.present : cleanState(old),
      wanted: op === "delete" ? undefined : cleanState(wanted),
    })),
    refreshed: inOrder([...refreshed].map(([urn, one]) => ({ urn, one }))).map(({ one }) => one),
    diagnostics,
    outputs,
    documents,
    isFirst,
  };
}

/** What a policy says, which stands below its description. */
function saidBy(message: string): string {
  return message.trim().split("\n").at(-1) ?? "";
}

function inOrder<Named extends { readonly urn: string }>(items: readonly Named[]): Named[] {
  return [...items].sort((one, other) => compareNaturally(one.urn, other.urn));
}

function isOperation(operation: string): operation is Step["operation"] {
  return (operations as readonly string[]).includes(operation);
}

function parsed(line: string): z.infer<typeof engineEvent>[] {
  if (line.trim() === "") return [];
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return [];
  }
  const { data } = engineEvent.safeParse(event);
  return data === undefined ? [] : [data];
}

/** What follows the last `::` of a resource's URN. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function cleanedValue(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((one) => cleanedValue(one, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [clean(key), cleanedValue(one, clean)]),
  );
}

/** A value as a record; empty when it is none, also when the engine does not know it yet. */
export function recordOf(value: unknown): Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Bag) : {};
}

/** A value as a list of texts; empty when it is none. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** A value as a text; empty when it is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
