/** The stages of a run, in their order. */
export type StageName =
  | "look"
  | "cleanUp"
  | "tools"
  | "fetch"
  | "prepare"
  | "init"
  | "validate"
  | "build"
  | "check"
  | "copy"
  | "remove";

/** What a stage does, as it stands in front of a clock: `fetching the Packer folder, 12 s`. */
export const stageTexts: Readonly<Record<StageName, string>> = {
  look: "looking for the template in vCenter",
  cleanUp: "removing what an interrupted run left",
  tools: "looking for the tools",
  fetch: "fetching the Packer folder",
  prepare: "preparing a private copy of the Packer folder",
  init: "packer init",
  validate: "packer validate",
  build: "packer build",
  check: "checking the template in vCenter",
  copy: "copying the template",
  remove: "removing the template",
};

/**
 * How long a stage usually takes, in seconds, until a run on this machine has shown it. That of a build is a guess for
 * a mirror and a datastore of average speed.
 */
export const usualSeconds: Readonly<Record<StageName, number>> = {
  look: 2,
  cleanUp: 10,
  tools: 1,
  fetch: 60,
  prepare: 1,
  init: 15,
  validate: 5,
  build: 20 * 60,
  check: 3,
  copy: 5 * 60,
  remove: 5,
};

/**
 * What Packer's lines tell of a build, the first that fits counts: the texts of the vSphere plugin's steps
 * (packer-plugin-vsphere, builder/vsphere/common), of its releases 1.4 and 2.x.
 */
export const buildSteps: readonly (readonly [line: RegExp, text: string])[] = [
  [/Retrieving ISO|Trying https?:/, "downloading the installer's image"],
  [/Uploading .* to \[/, "uploading the installer's image to the datastore"],
  [/Creating virtual machine/, "creating the virtual machine"],
  [/Power on VM|Powering on virtual machine/, "starting the virtual machine"],
  [/Waiting .* for boot/, "waiting for the boot menu"],
  [/Typing boot command/, "typing the boot command"],
  [/Waiting for IP/, "installing the guest system"],
  [/Waiting for SSH|Using SSH communicator/, "waiting for SSH"],
  [/Connected to SSH|Provisioning with/, "preparing the guest system"],
  [
    /shutdown command|Shutting down|Please shut ?down virtual machine/i,
    "shutting the virtual machine down",
  ],
  [
    /Converting? (virtual machine )?to template|Convert VM into template/i,
    "turning it into a template",
  ],
  [/Destroying VM|Cleanly cancelled|Cancelling build/, "cleaning up"],
];
