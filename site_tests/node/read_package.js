// Reads every table of a data package as programs in Node do, and what its keys to other tables name; prints how many rows.
const { Package } = require("datapackage");

(async () => {
  const found = await Package.load(process.argv[2], { strict: true });
  const rows = {};
  for (const resource of found.resources) rows[resource.name] = (await resource.read({ relations: true })).length;
  console.log(JSON.stringify(rows));
})();
