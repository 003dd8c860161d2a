// A piece of work tells its steps while it goes on, and leads on when it is done.
export function wireJobs() {
  const place = document.getElementById("job");
  if (!place?.querySelector("form")) return;
  const look = async () => {
    let job;
    try {
      job = await (await fetch(`/job/${place.dataset.job}`, { headers: { Accept: "application/json" } })).json();
    } catch {
      setTimeout(look, 2000);
      return;
    }
    const list = place.querySelector(".steps");
    for (const line of (job.lines ?? []).slice(list.children.length)) {
      const row = document.createElement("li");
      row.textContent = line;
      list.append(row);
    }
    if (job.state === "done") location.replace(job.to);
    else if (job.state === "failed" || job.state === "stopped" || job.error) location.reload();
    else setTimeout(look, 400);
  };
  setTimeout(look, 300);
}
