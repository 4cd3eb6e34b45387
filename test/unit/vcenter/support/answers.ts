import type { ManagedObjectReference } from "../../../../vcenter";
import { soapAnswer, type FakeAnswer, type Responder, type SeenCall } from "./fakeVCenter";

/** An ObjectContent: the properties of one object, each as the XML of its `val`. */
export function objectXml(
  type: string,
  id: string,
  properties: Readonly<Record<string, string>>,
): string {
  const sets = Object.entries(properties).map(
    ([path, value]) => `<propSet><name>${path}</name>${value}</propSet>`,
  );
  return `<returnval><obj type="${type}">${id}</obj>${sets.join("")}</returnval>`;
}

/** An object that the account may see, and whose one property it may not read. */
export function hiddenXml(type: string, id: string, path: string): string {
  return `<returnval><obj type="${type}">${id}</obj><missingSet><path>${path}</path><fault><fault xsi:type="NoPermission"/></fault></missingSet></returnval>`;
}

/** A `val` that holds a text. */
export function text(value: string, type = "xsd:string"): string {
  return `<val xsi:type="${type}">${value}</val>`;
}

/** A `val` that refers to an object. */
export function referenceValue(type: string, id: string): string {
  return `<val type="${type}" xsi:type="ManagedObjectReference">${id}</val>`;
}

/** A `val` that is a list. */
export function list(type: string, ...items: readonly string[]): string {
  return `<val xsi:type="ArrayOf${type}">${items.join("")}</val>`;
}

/** The answer of RetrieveProperties. */
export function properties(...objects: readonly string[]): FakeAnswer {
  return soapAnswer("RetrieveProperties", objects.join(""));
}

/** The answer of RetrieveProperties about a task. */
export function taskInfo(
  state: "queued" | "running" | "success" | "error",
  details: { readonly progress?: number; readonly error?: string; readonly result?: string } = {},
): FakeAnswer {
  const { progress, error, result } = details;
  return properties(
    objectXml("Task", "task-1", {
      "info.state": text(state, "TaskInfoState"),
      ...(progress === undefined ? {} : { "info.progress": text(`${progress}`, "xsd:int") }),
      ...(error === undefined ? {} : { "info.error": error }),
      ...(result === undefined ? {} : { "info.result": result }),
    }),
  );
}

/** The `val` of a task's error. */
export function taskFault(name: string, message = "", details = ""): string {
  return `<val xsi:type="LocalizedMethodFault"><fault xsi:type="${name}">${details}</fault><localizedMessage>${message}</localizedMessage></val>`;
}

/** The answer of a method that starts a task. */
export function started(method: string): FakeAnswer {
  return soapAnswer(method, `<returnval type="Task">task-1</returnval>`);
}

/** An answer that names an object; none without an id. */
export function reference(method: string, type = "", id = ""): FakeAnswer {
  return soapAnswer(method, id && `<returnval type="${type}">${id}</returnval>`);
}

/** Looking at a task, for looking for tasks that have not ended, and reading a machine, by their {@link nameOf}. */
export const lookAtTask = "Task: info.state info.progress info.error info.result";
export const lookForTasks = "Task: info.state";
export const readMachine =
  "VirtualMachine: name config.template config.createDate runtime.powerState config.version config.annotation config.hardware.device guest.toolsVersionStatus2";

/** What the fake answers to which calls: a list in its order, its last answer to all further calls. */
export type Answers = Readonly<Record<string, FakeAnswer | readonly FakeAnswer[]>>;

/** What a call is, more exactly than its name: RetrieveProperties by the first type and its paths. */
function nameOf({ name, body }: SeenCall): string {
  if (name !== "RetrieveProperties") return name;
  const [, type, paths = ""] =
    /<propSet><type>(\w+)<\/type>((?:<pathSet>[\w.]+<\/pathSet>)*)/.exec(body) ?? [];
  const names = [...paths.matchAll(/<pathSet>([\w.]+)<\/pathSet>/g)].map(([, path]) => path);
  return `${type}: ${names.join(" ")}`;
}

const sessionCalls = [
  "RetrieveServiceContent",
  "Login",
  "Logout",
  "POST session",
  "DELETE session",
];

/**
 * Answers calls by what they are: `Task: info.state` for RetrieveProperties, else the name of {@link SeenCall}.
 * @returns the responder, and what the calls were, in their order without those of sessions
 */
export function script(answers: Answers): {
  readonly responder: Responder;
  readonly names: string[];
} {
  const names: string[] = [];
  const counts = new Map<string, number>();
  const responder = (call: SeenCall): FakeAnswer | undefined => {
    const exact = nameOf(call);
    const name = exact in answers ? exact : call.name;
    if (!sessionCalls.includes(name)) names.push(exact);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const scripted = [answers[name] ?? []].flat();
    return scripted[Math.min(count, scripted.length - 1)];
  };
  return { responder, names };
}

/** That many datastores. */
export function stores(count: number): ManagedObjectReference[] {
  return Array.from({ length: count }, (_, index) => ({
    type: "Datastore",
    id: `datastore-${index}`,
  }));
}

/** The objects that a tagging call names. */
export function objectIds(call: SeenCall): ManagedObjectReference[] {
  return (JSON.parse(call.body) as { object_ids: ManagedObjectReference[] }).object_ids;
}
