import assert from "node:assert/strict";

import { soapAnswer, soapFault } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";
import { script } from "./support/machineAnswers";

const datacenter = { type: "Datacenter", id: "datacenter-2" };
const path = "[x1_root] packer_cache";

describe("making a folder on a datastore", function () {
  this.timeout(20_000);

  it("takes one call", async () => {
    const { responder, names } = script({ MakeDirectory: soapAnswer("MakeDirectory", "") });
    await withFake(responder, async ({ datastoreFiles }, fake) => {
      assert.equal(await datastoreFiles.makeFolder(datacenter, path), true);
      assert.deepEqual(names, ["MakeDirectory"]);
      const body = fake.calls.find(({ name }) => name === "MakeDirectory")?.body ?? "";
      assert.ok(
        body.includes(
          '<_this type="FileManager">FileManager</_this><name>[x1_root] packer_cache</name>' +
            '<datacenter type="Datacenter">datacenter-2</datacenter>' +
            "<createParentDirectories>false</createParentDirectories>",
        ),
        body,
      );
    });
  });

  it("leaves one alone that is there", async () => {
    const { responder } = script({ MakeDirectory: soapFault("FileAlreadyExists", "exists") });
    await withFake(responder, async ({ datastoreFiles }) => {
      assert.equal(await datastoreFiles.makeFolder(datacenter, path), false);
    });
  });

  it("tells which privilege is missing", async () => {
    const { responder } = script({ MakeDirectory: soapFault("NoPermission", "no") });
    await withFake(responder, async ({ datastoreFiles }) => {
      const error = await failure(datastoreFiles.makeFolder(datacenter, path));
      assert.equal(error.kind, "noPermission");
      assert.match(
        error.message,
        /^make a folder on a datastore \(\[x1_root\] packer_cache in Datacenter:datacenter-2\): /,
      );
      assert.match(error.remedy, /Datastore\.FileManagement/);
    });
  });
});
