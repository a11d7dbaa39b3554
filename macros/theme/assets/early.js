// What Material's script makes of the root's class. When it does so itself, all of the page is styled anew: its rules for
// tables without a class have browsers look again at everything below what changes its own.
document.documentElement.className = "js js-focus-visible";
