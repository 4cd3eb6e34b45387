import assert from "node:assert/strict";
import { ConnectProxy } from "../support/connectProxy";
import { stackForAllTests, type StackForTests } from "../support/stackForTests";
import { ownMachines, templateConfiguration } from "../support/templateStack";

/** A name that no DNS knows (RFC 6761): only the proxy leads to the vCenter. */
const server = "vcenter.example.test";

describe("a vCenter that only a proxy leads to", () => {
  let made: StackForTests;
  let proxy: ConnectProxy;

  stackForAllTests((stack) => (made = stack), { configuration: templateConfiguration() });

  before(async () => {
    const { port } = new URL(`https://${made.simulator.connection.server}`);
    proxy = await ConnectProxy.start(Number(port));
  });

  after(() => proxy.stop());

  it("is prepared through it, by this program, the vSphere provider and Packer, and nothing goes past it", async () => {
    const stack = made.stack.with({
      VSPHERE_SERVER: server,
      // The lab's certificate is not for that name.
      VSPHERE_ALLOW_UNVERIFIED_SSL: "true",
      HTTPS_PROXY: `http://${proxy.address}`,
      NO_PROXY: "",
    });
    await stack.up();
    assert.equal((await ownMachines(made.simulator.control)).length, 1);
    await stack.run("destroy", "--yes", "--skip-preview", "--non-interactive");
    assert.deepEqual([...new Set(proxy.tunnels)], [`${server}:443`]);
  });

  it("is told with the proxy that does not let it through", async () => {
    const stack = made.stack.with({
      VSPHERE_SERVER: server,
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: "",
    });
    assert.match(
      await stack.refused("preview", "--non-interactive"),
      /vcenter\.example\.test, through the proxy 127\.0\.0\.1:9 of HTTPS_PROXY/,
    );
  });
});
