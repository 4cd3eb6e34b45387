import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import { TestAuthority } from "../unit/vcenter/support/certificates";

describe("a vCenter that cannot be used gives a clear error, and no stack trace:", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made));

  before(() => stack.up());

  async function previewWith(
    environment: Readonly<Record<string, string | undefined>>,
  ): Promise<string> {
    await simulator.control.resetCalls();
    const output = await stack.with(environment).refusedPreview();
    assert.doesNotMatch(output, /^ +at .*:\d+:\d+/m);
    return output;
  }

  it("a wrong password, which this program tries once and never again", async () => {
    const output = await previewWith({ VSPHERE_PASSWORD: "wrong-password-17" });
    assert.match(
      output,
      /vsphere:user: found "administrator@vsphere\.local": vCenter refuses the login \(InvalidLogin.*check the user and the password/,
    );
    assert.doesNotMatch(output, /wrong-password-17/);
    const { soap, rest } = await simulator.control.ownCalls();
    assert.equal(soap["Login"], 1);
    assert.equal(rest["POST session"] ?? 0, 0);
  });

  it("an address where nothing answers", async () => {
    const output = await previewWith({ VSPHERE_SERVER: "127.0.0.1:9" });
    assert.match(
      output,
      /vsphere:vsphereServer: found "127\.0\.0\.1:9": no answer from 127\.0\.0\.1:9, the connection is refused, .*correct vsphere:vsphereServer/,
    );
  });

  it("a certificate of an authority that nobody told the program about", async () => {
    const bundle = join(stack.directory, "other-authority.pem");
    writeFileSync(bundle, new TestAuthority("another authority").certificate);
    const output = await previewWith({ SSL_CERT_FILE: bundle });
    assert.match(
      output,
      /vsphere:vsphereServer: found "[^"]+": .*cannot trust its certificate, issued by CN=Lab certificate authority, .*unknown authority.*SSL_CERT_FILE/,
    );
  });

  it("no password at all", async () => {
    const output = await previewWith({ VSPHERE_PASSWORD: undefined });
    assert.match(output, /vsphere:password: found nothing: .*pulumi config set --secret/);
  });
});
