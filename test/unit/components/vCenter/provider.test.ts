import assert from "node:assert/strict";

import { VCenterSession } from "../../../../components/dynamic/vcenterSession";
import type { VCenterInputs, VCenterOutputs } from "../../../../components/vCenter/identity";
import { VCenterProvider } from "../../../../components/vCenter/provider";
import { VCenterError } from "../../../../vcenter";
import { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { messageOf, thrownBy } from "../../../support/thrownBy";
import { withoutPointers } from "../../../support/pointers";

const news: VCenterInputs = { server: "vcenter.example.com", restoredAs: "" };
const made: VCenterOutputs = { ...news, server: "old.example.com", instanceUuid: "uuid-of-before" };

describe("the stack's vCenter", () => {
  let vCenter: InMemoryVCenter;
  let provider: VCenterProvider;

  beforeEach(() => {
    vCenter = new InMemoryVCenter();
    provider = new VCenterProvider(vCenter.session());
  });

  it("is the one that the settings lead to at the first preview, which knows its id", async () => {
    assert.deepEqual(await provider.check({}, news), {
      inputs: { ...news, instanceUuid: "uuid-of-the-first" },
      failures: [],
    });
  });

  it("is the same under another address", async () => {
    const olds = { ...made, instanceUuid: "uuid-of-the-first" };
    const { inputs, failures } = await provider.check(olds, news);
    assert.deepEqual(failures, []);
    assert.deepEqual(await provider.diff("id", olds, inputs), { changes: true });
    assert.deepEqual(await provider.update("id", olds, inputs), { outs: inputs });
  });

  it("is refused at preview and up when it is another one, with both and the ways out", async () => {
    const { failures } = await provider.check(made, news);
    assert.equal(failures.length, 1);
    for (const part of [
      "made in vCenter old.example.com (instance UUID uuid-of-before)",
      "vcenter.example.com is not that one (uuid-of-the-first)",
      "correct vsphere:vsphereServer, or VSPHERE_SERVER",
      "pulumi stack init",
      "config set --path deckhouse-vsphere:vCenter.restoredAs uuid-of-the-first",
    ]) {
      assert.ok(failures[0]?.reason.includes(part), part);
    }
  });

  it("is refused at refresh and destroy when it is another one", async () => {
    assert.match(await messageOf(provider.read("id", made)), /made in vCenter old\.example\.com/);
  });

  it("is the same one when the configuration says that it was restored", async () => {
    const restored = { ...news, restoredAs: "uuid-of-the-first" };
    assert.deepEqual((await provider.check(made, restored)).failures, []);
    vCenter.configuration["deckhouse-vsphere:vCenter"] = '{"restoredAs":"uuid-of-the-first"}';
    assert.deepEqual(await provider.read("id", made), { id: "id", props: made });
  });

  it("is another one when it was restored under yet another id", async () => {
    const restored = { ...news, restoredAs: "uuid-of-a-third" };
    assert.equal((await provider.check(made, restored)).failures.length, 1);
  });

  it("tells once for all why nobody can log in", async () => {
    vCenter.failing = (call) => (call === "inventory" ? new Error("log in: refused") : undefined);
    const { failures } = await provider.check({}, news);
    assert.deepEqual(
      failures.map(({ reason }) => withoutPointers(reason)),
      ["log in: refused"],
    );
  });

  it("that refuses the login is told at the key to blame", async () => {
    vCenter.failing = (call) =>
      call === "inventory"
        ? new VCenterError({ kind: "invalidLogin", operation: "log in", answer: "InvalidLogin" })
        : undefined;
    const { failures } = await provider.check({}, news);
    assert.equal(failures.length, 1);
    assert.match(
      failures[0]!.reason,
      /^vsphere:user: found "administrator@vsphere\.local": vCenter refuses the login \(InvalidLogin\), so nothing/,
    );
  });

  it("is asked without a login at refresh", async () => {
    await provider.read("id", { ...made, instanceUuid: "uuid-of-the-first" });
    assert.deepEqual(vCenter.calls, ["about"]);
  });

  it("that does not answer a refresh is one sentence, without a stack trace", async () => {
    vCenter.failing = () => new Error("503 Service Unavailable");
    const error = (await thrownBy(provider.read("id", made))) as Error;
    assert.deepEqual(
      [withoutPointers(error.message), error.stack],
      ["503 Service Unavailable", ""],
    );
  });

  it("that the settings of the last up do not lead to proves nothing at refresh", async () => {
    const unreachable = new VCenterProvider(new VCenterSession());
    unreachable.configure({ config: { get: () => undefined } });
    assert.deepEqual(await unreachable.read("id", made), { id: "id", props: made });
  });
});
