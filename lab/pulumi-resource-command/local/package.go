// Package local runs commands on this machine, as the package of the same name in @pulumi/command 1.2.1.
package local
