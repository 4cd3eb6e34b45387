# What is specific to this version of Ubuntu. Everything else is linked from ../ubuntu.

variable "os_version" {
  type        = string
  default     = "24.04"
  description = "Version, part of the template's name."
}

variable "os_codename" {
  type        = string
  default     = "noble"
  description = "Codename, part of the template's name."
}

variable "guest_os_type" {
  type        = string
  default     = "ubuntu64Guest"
  description = "vSphere's name for the guest operating system."
}

variable "os_iso_url" {
  type        = string
  default     = "https://releases.ubuntu.com/24.04/ubuntu-24.04.5-live-server-amd64.iso"
  description = "Address of the installer of Ubuntu Server. Change it together with iso_checksum."
}

variable "iso_checksum" {
  type        = string
  default     = "sha256:97f3d7ffb032c3eb3b23d2c8be9cc76e60c2c1f2c0146ba5ba9fe01cafae0fd8"
  description = "Checksum of the file at os_iso_url."
}
