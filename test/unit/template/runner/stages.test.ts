import assert from "node:assert/strict";

import { buildSteps } from "../../../../template/runner/stages";

const stepOf = (line: string): string | undefined =>
  buildSteps.find(([pattern]) => pattern.test(line))?.[1];

/** The lines of a build in their order, as Packer 1.16.0 and its vSphere plugin print them. */
const lines: readonly (readonly [line: string, step: string])[] = [
  ["Retrieving ISO", "downloading the installer's image"],
  ["Trying https://releases.ubuntu.com/24.04/u.iso", "downloading the installer's image"],
  [
    "Trying https://releases.ubuntu.com/24.04/u.iso?checksum=sha256%3Aabc",
    "downloading the installer's image",
  ],
  [
    "Uploading u.iso to [x1_root] packer_cache/...",
    "uploading the installer's image to the datastore",
  ],
  ["Creating virtual machine...", "creating the virtual machine"],
  ["Powering on virtual machine...", "starting the virtual machine"],
  ["Waiting 5s for boot...", "waiting for the boot menu"],
  ["Typing boot command...", "typing the boot command"],
  ["Waiting for IP...", "installing the guest system"],
  ["Using SSH communicator to connect: 10.20.0.9", "waiting for SSH"],
  ["Waiting for SSH to become available...", "waiting for SSH"],
  ["Connected to SSH!", "preparing the guest system"],
  ["Provisioning with shell script: scripts/install-packages.sh", "preparing the guest system"],
  ["Running shutdown command...", "shutting the virtual machine down"],
  ["Shutting down virtual machine...", "shutting the virtual machine down"],
  // Of 2.x.
  ["Please shutdown virtual machine within 10m0s.", "shutting the virtual machine down"],
  ["Converting virtual machine to template...", "turning it into a template"],
];

describe("what Packer's lines tell of a build", () => {
  for (const [line, step] of lines) {
    it(`is that it is ${step}: ${line}`, () => {
      assert.equal(stepOf(line), step);
      assert.equal(stepOf(`2026-01-02T03:04:05Z: ==> vsphere-iso.ubuntu: ${line}`), step);
    });
  }

  for (const line of [
    "Destroying VM...",
    "Cancelling build after receiving interrupt",
    "Build 'vsphere-iso.ubuntu' errored after 3 seconds: Cleanly cancelled builds",
  ]) {
    it(`is that it is cleaning up: ${line}`, () => {
      assert.equal(stepOf(line), "cleaning up");
    });
  }

  it("goes forward: each step once, in the order of a build", () => {
    const steps = [...new Set(lines.map(([, step]) => step))];
    assert.deepEqual(
      steps,
      buildSteps.map(([, step]) => step).filter((step) => step !== "cleaning up"),
    );
  });

  for (const line of [
    "Customizing hardware...",
    "Mounting ISO images...",
    "Adding configuration parameters...",
    "Setting boot order...",
    "Serving HTTP requests at http://10.8.0.5:8123/.",
    "IP address: 10.20.0.9",
    "Ejecting CD-ROM media...",
    "Deleting floppy drives...",
    "Trying boot command again...",
    "Closing sessions ....",
    "",
  ]) {
    it(`is nothing new: "${line}"`, () => {
      assert.equal(stepOf(line), undefined);
    });
  }
});
