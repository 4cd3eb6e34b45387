import { soapAnswer, type FakeAnswer, type SeenCall } from "./fakeVCenter";

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

/** A `val` that holds a text. */
export function text(value: string, type = "xsd:string"): string {
  return `<val xsi:type="${type}">${value}</val>`;
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

/** What a call is, more exactly than its name: RetrieveProperties by the type and the paths that it asks for. */
export function nameOf({ name, body }: SeenCall): string {
  if (name !== "RetrieveProperties") return name;
  const type = /<propSet><type>(\w+)<\/type>/.exec(body)?.[1] ?? "";
  const paths = [...body.matchAll(/<pathSet>([\w.]+)<\/pathSet>/g)].map(([, path]) => path);
  return `${type}: ${paths.join(" ")}`;
}

/** Reading about a task, as {@link nameOf} has it. */
export const lookAtTask = "Task: info.state info.progress info.error info.result";

/** Looking for tasks that have not ended. */
export const lookForTasks = "Task: info.state";

/**
 * Answers calls by their {@link nameOf}: a list in its order, its last answer for all further calls.
 * @returns the responder, and the names of the calls in their order without those of sessions
 */
export function script(table: Readonly<Record<string, FakeAnswer | readonly FakeAnswer[]>>): {
  readonly responder: (call: SeenCall) => FakeAnswer | undefined;
  readonly names: string[];
} {
  const names: string[] = [];
  const counts = new Map<string, number>();
  const responder = (call: SeenCall): FakeAnswer | undefined => {
    if (["RetrieveServiceContent", "Login", "Logout"].includes(call.name)) return undefined;
    const name = nameOf(call);
    names.push(name);
    const answer = table[name];
    if (!isList(answer)) return answer;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return answer[Math.min(count, answer.length - 1)];
  };
  return { responder, names };
}

function isList(
  value: FakeAnswer | readonly FakeAnswer[] | undefined,
): value is readonly FakeAnswer[] {
  return Array.isArray(value);
}
