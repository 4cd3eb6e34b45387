import assert from "node:assert/strict";
import { VCenterClient, withVCenter, type VCenterClientOptions } from "../../../vcenter";
import { Simulator } from "../../../scripts/lab/simulator";
import type { Fault } from "../../../scripts/lab/simulatorControl";

/** What closing said, and how long it took. */
interface Closing {
  readonly sentences: readonly string[];
  readonly milliseconds: number;
}

describe("sessions of which no answer tells, on the simulated vCenter", function () {
  this.timeout(120_000);
  let simulator: Simulator;

  before(async () => (simulator = await Simulator.start()));
  after(() => simulator.stop());

  afterEach(async () => {
    await simulator.control.clearFaults();
    await simulator.control.endSessions();
  });

  /** Reads by both interfaces, under faults, and closes. */
  async function closing(
    faults: readonly Fault[],
    options: VCenterClientOptions = {},
  ): Promise<Closing> {
    for (const fault of faults) await simulator.control.addFault(fault);
    const sentences: string[] = [];
    const client = new VCenterClient(simulator.connection, {
      ...{ backoffMilliseconds: 1, timeoutMilliseconds: 20_000, ...options },
      onLeftSessions: (sentence) => sentences.push(sentence),
    });
    await client.inventory.read();
    await client.tagging.categories();
    const begin = Date.now();
    await client.close();
    return { sentences, milliseconds: Date.now() - begin };
  }

  async function open(): Promise<string[]> {
    return (await simulator.control.sessions()).map(({ kind }) => kind);
  }

  it("an answer to a login lost after a reset: the session is found and ended, and nobody else's", async () => {
    const other = new VCenterClient(simulator.connection, {});
    await other.inventory.read();
    const reset: Fault = { match: "Login", kind: "reset", afterEffect: true, times: 2 };
    const { sentences } = await closing([reset]);
    assert.deepEqual(sentences, []);
    assert.deepEqual(await open(), ["soap"]);
    await other.inventory.read();
    await other.close();
    assert.deepEqual(await open(), []);
    const { soap } = await simulator.control.calls();
    assert.equal(soap["TerminateSession"], 1);
  });

  it("a connection that broke before the login was carried out leaves nothing to tell of", async () => {
    const { sentences } = await closing([{ match: "Login", kind: "reset", times: 1 }]);
    assert.deepEqual([sentences, await open()], [[], []]);
  });

  it("an account that may not see the list of sessions is told of the one that stays", async () => {
    await simulator.control.addFault({
      match: "TerminateSession",
      kind: "soapFault",
      fault: "NoPermission",
    });
    const reset: Fault = { match: "Login", kind: "reset", afterEffect: true, times: 1 };
    const { sentences } = await closing([reset]);
    const { server, user } = simulator.connection;
    assert.equal(sentences.length, 1);
    assert.ok(
      sentences[0]?.startsWith(
        `${server}: a session of ${user} may still be open (the answer to a login was lost): vCenter ends it after 30 idle minutes; `,
      ),
      sentences[0],
    );
    assert.deepEqual(await open(), ["soap"]);
  });

  it("a lost login for tagging, whose sessions are in no list, is told", async () => {
    const { sentences } = await closing([
      { match: "POST session", kind: "reset", afterEffect: true, times: 1 },
    ]);
    assert.equal(sentences.length, 1);
    assert.match(sentences[0] ?? "", /: a session of .* \(the answer to a login was lost\)/);
    assert.deepEqual(await open(), ["rest"]);
  });

  for (const [what, fault] of [
    ["gets 500", { kind: "status", status: 500 }],
    ["hangs", { kind: "hang" }],
    ["breaks off", { kind: "reset" }],
    ["gets 503", { kind: "status", status: 503 }],
  ] as const) {
    for (const match of ["Logout", "DELETE session"]) {
      it(`${match} that ${what} once is repeated`, async () => {
        const { sentences } = await closing([{ ...fault, match, times: 1 }]);
        assert.deepEqual([sentences, await open()], [[], []]);
      });
    }
  }

  for (const [what, fault, reason] of [
    ["gets 500 for ever", { kind: "status", status: 500 }, /log out: HTTP 500/],
    ["hangs for ever", { kind: "hang" }, /log out: no complete answer within 3000 ms/],
  ] as const) {
    it(`a logout that ${what} is told, and does not hold up the end`, async () => {
      const { sentences, milliseconds } = await closing([{ ...fault, match: "Logout" }]);
      assert.equal(sentences.length, 1);
      assert.match(sentences[0] ?? "", reason);
      assert.match(
        sentences[0] ?? "",
        /: a session of administrator@vsphere\.local may still be open/,
      );
      assert.deepEqual(await open(), ["soap"]);
      assert.ok(milliseconds < 15_000, `${milliseconds} ms`);
    });
  }

  it("a login that fails for good after lost answers is told of too", async () => {
    await simulator.control.addFault({ match: "Login", kind: "reset", afterEffect: true });
    const sentences: string[] = [];
    const options = {
      ...{ backoffMilliseconds: 1, attempts: 3 },
      onLeftSessions: (sentence: string) => sentences.push(sentence),
    };
    await assert.rejects(
      withVCenter(simulator.connection, options, (client) => client.inventory.read()),
      /log in .*the connection was closed/,
    );
    assert.equal((await open()).length, 3);
    assert.equal(sentences.length, 1);
    assert.match(
      sentences[0] ?? "",
      /: 3 sessions of .* \(answers to logins were lost\): vCenter ends them/,
    );
  });

  it("a server's 500 is not called no vCenter", async () => {
    for (const [match, read] of [
      ["RetrieveProperties", (client) => client.inventory.read()],
      ["GET category", (client) => client.tagging.categories()],
    ] as const satisfies readonly (readonly [
      string,
      (client: VCenterClient) => Promise<unknown>,
    ])[]) {
      await simulator.control.addFault({ match, kind: "status", status: 500 });
      await assert.rejects(
        withVCenter<unknown>(simulator.connection, {}, read),
        ({ message }: Error) => {
          assert.doesNotMatch(message, /check that the server is a vCenter/);
          assert.match(message, /HTTP 500.*: run again; if this persists, check the health/);
          return true;
        },
      );
    }
  });
});
