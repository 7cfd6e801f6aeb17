"""The demo of a history: half a year of an application's releases as weekly commits, audited one by one."""
