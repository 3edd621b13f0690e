// Only helps: without scripts the same links open the same boxes where the browser reveals a target.
(function () {
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var box = target && target.closest("details");
    if (box && !box.open) { box.open = true; }
    if (box) { target.scrollIntoView({ block: "center" }); }
  }
  var opened = [];
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (box) { box.open = true; });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (box) { box.open = false; });
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.number");
    if (link && link.hash === location.hash) { reveal(); }
  });
  reveal();
})();
