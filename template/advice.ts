/**
 * What to do about a virtual machine that has a template's path. It may be somebody's, and in use, so nothing is asked
 * of it that would stop it.
 */
export const machineInPlaceOfTemplate =
  "name another folder that exists (templateImage.folder), or give the machine another name in the " +
  "vSphere Client, which it survives, but not who looks for it by its path; if it is a template that somebody turned into " +
  "a machine and nobody uses, convert it to a template again";
