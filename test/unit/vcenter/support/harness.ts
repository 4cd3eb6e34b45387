import assert from "node:assert/strict";
import { VCenterClient, VCenterError, type VCenterClientOptions } from "../../../../vcenter";
import { thrownBy } from "../../../support/thrownBy";
import { script, type Answers } from "./answers";
import { FakeVCenter, restAnswer, soapAnswer, type Responder } from "./fakeVCenter";

/** Quick repeats, so that tests do not wait. */
export const quick: VCenterClientOptions = {
  backoffMilliseconds: 1,
  pollMilliseconds: 5,
  timeoutMilliseconds: 5000,
};

/** Runs a test against a fake with a client, and stops both whatever happens. */
export async function withFake<Result>(
  responder: Responder,
  test: (client: VCenterClient, fake: FakeVCenter) => Promise<Result>,
  options: VCenterClientOptions = quick,
): Promise<Result> {
  const fake = await FakeVCenter.start(responder);
  const client = new VCenterClient(fake.connection(), options);
  try {
    return await test(client, fake);
  } finally {
    await client.close();
    await fake.stop();
  }
}

/** The calls that a task made. */
export interface Calls {
  readonly fake: FakeVCenter;
  /** What the calls were ({@link script}), without those of sessions. */
  readonly names: readonly string[];
  /** The body of the last call of a name of the fake. */
  readonly body: (name: string) => string;
}

/** What a task gives with these answers of vCenter, and the calls that it made. */
export async function done<Result>(
  answers: Answers,
  task: (client: VCenterClient) => Promise<Result>,
  options: VCenterClientOptions = quick,
): Promise<Calls & { readonly value: Result }> {
  const { responder, names } = script(answers);
  return withFake(
    responder,
    async (client, fake) => ({
      value: await task(client),
      fake,
      names,
      body: (name) => fake.calls.filter((call) => call.name === name).at(-1)?.body ?? "",
    }),
    options,
  );
}

/** The error that a task fails with under these answers of vCenter, and the calls that it made. */
export async function refused(
  answers: Answers,
  task: (client: VCenterClient) => Promise<unknown>,
  options: VCenterClientOptions = quick,
): Promise<Calls & { readonly error: VCenterError }> {
  const { value, ...calls } = await done(answers, (client) => failure(task(client)), options);
  return { error: value, ...calls };
}

/** The VCenterError a promise fails with. */
export async function failure(promise: Promise<unknown>): Promise<VCenterError> {
  const error = await thrownBy(promise);
  assert.ok(error instanceof VCenterError, `not a VCenterError: ${String(error)}`);
  return error;
}

/** How often a call was made. */
export function times(names: readonly string[], name: string): number {
  return names.filter((candidate) => candidate === name).length;
}

/** Lets some time pass. */
export async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until something holds; fails when it takes too long, five seconds unless told otherwise. */
export async function until(holds: () => boolean, longestMilliseconds = 5000): Promise<void> {
  const deadline = Date.now() + longestMilliseconds;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `still not so: ${holds.toString()}`);
    await pause(2);
  }
}

/** The processor time that a task takes, in milliseconds: other work on the machine does not count. */
export async function processorTime(task: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Leaves all answers to the fake, which knows nothing but sessions. */
export const sessionsOnly = (): undefined => undefined;

/** Answers reads after the fake has checked the session. */
export function answering(fake: FakeVCenter): void {
  fake.respond((call) => {
    const session = String(call.headers["vmware-api-session-id"] ?? "");
    if (call.name === "GET category" && fake.sessions.has(session)) return restAnswer([]);
    const cookie = /"(.*)"/.exec(call.headers.cookie ?? "")?.[1] ?? "";
    if (call.name === "RetrieveAllPermissions" && fake.sessions.has(cookie)) {
      return soapAnswer(call.name);
    }
    return undefined;
  });
}
