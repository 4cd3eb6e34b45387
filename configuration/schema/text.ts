import { z } from "zod";

/**
 * One line of text without blanks at either end: what every name, path and id is. The message is in the
 * form `what is wrong: what to do`, as all messages of the schema are.
 */
export const text = z
  .string()
  .regex(
    /^\S(?:[^\r\n]*\S)?$/u,
    "is empty, has blanks at an end or is more than one line: write one line without blanks around it",
  );

/** An IPv4 address, for example `192.0.2.10`. */
export const ipv4Address = z.ipv4("is not an IPv4 address: write four numbers from 0 to 255");

/** An IPv4 address with the length of its network prefix, for example `192.0.2.10/24`. */
export const ipv4WithPrefix = z.cidrv4(
  "is not an IPv4 address with a prefix length: write it like 192.0.2.10/24",
);
