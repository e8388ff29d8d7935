// Photos on a phone: seen before they are sent, made smaller, and asked where and when they were taken.
// Foto.shrink(file) resolves with a smaller JPEG, or with the file itself where this browser can't;
// Foto.facts(file) with {lat, lng, taken} as far as the photo says so; Foto.send(code, id, file) with
// {state: "sent" | "refused" | "later", words}. Without this script the form sends its files as they are.
(function () {
  "use strict";
  var SIDE = 2048, QUALITY = 0.85, LIGHT = 1500000, HEAD = 262144, PATIENCE_MS = 100000, WIB_MS = 7 * 3600000;
  var LATER = "Belum terkirim. Periksa sinyal, lalu tekan Kirim foto lagi.";

  // ---- Making smaller

  function drawn(picture, scale) {
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    if (picture.close) picture.close();
    return new Promise(function (resolve) { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
  }

  function shrink(file) {
    if (!window.createImageBitmap) return Promise.resolve(file);
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size <= LIGHT && file.type === "image/jpeg") return file;
      return drawn(picture, scale).then(function (blob) {
        if (!blob || blob.size >= file.size) return file;
        return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
      });
    }).catch(function () { return file; });  // the server looks at it again
  }

  // ---- What the photo says of itself: EXIF in a JPEG's first segment

  function facts(file) {
    return file.slice(0, HEAD).arrayBuffer().then(function (bytes) {
      return told(new DataView(bytes));
    }).catch(function () { return {}; });
  }

  function told(view) {
    var at = 2;
    if (view.getUint16(0) !== 0xffd8) return {};
    while (view.getUint8(at) === 0xff) {
      var kind = view.getUint8(at + 1), size = view.getUint16(at + 2);
      if (kind === 0xe1 && view.getUint32(at + 4) === 0x45786966) return within(new DataView(view.buffer, at + 10));
      if (kind === 0xda) break;
      at += 2 + size;
    }
    return {};
  }

  function within(view) {
    var small = view.getUint16(0) === 0x4949;
    function folder(at) {
      var found = {};
      for (var n = view.getUint16(at, small); n > 0; n--) {
        var entry = at + 2 + 12 * (n - 1);
        found[view.getUint16(entry, small)] = entry;
      }
      return found;
    }
    function under(parent, tag) { return parent[tag] ? folder(view.getUint32(parent[tag] + 8, small)) : {}; }
    function text(entry) {
      if (!entry) return "";
      var size = view.getUint32(entry + 4, small), at = size > 4 ? view.getUint32(entry + 8, small) : entry + 8, made = "";
      for (var n = 0; n < Math.min(size, 40) && view.getUint8(at + n); n++) made += String.fromCharCode(view.getUint8(at + n));
      return made;
    }
    function degrees(entry) {
      if (!entry || view.getUint32(entry + 4, small) !== 3) return NaN;
      var at = view.getUint32(entry + 8, small), sum = 0;
      for (var n = 0; n < 3; n++) sum += view.getUint32(at + 8 * n, small) / view.getUint32(at + 8 * n + 4, small) / Math.pow(60, n);
      return sum;
    }
    var first = folder(view.getUint32(4, small)), gps = under(first, 0x8825), said = under(first, 0x8769), made = {};
    var lat = degrees(gps[2]) * (text(gps[1]) === "S" ? -1 : 1), lng = degrees(gps[4]) * (text(gps[3]) === "W" ? -1 : 1);
    if (Math.abs(lat) <= 90 && Math.abs(lng) <= 180 && (lat || lng)) Object.assign(made, { lat: lat, lng: lng });
    made.taken = inWib(text(said[0x9003]), text(said[0x9011]));
    return made;
  }

  // "2026:10:01 09:30:00" as a form's time in WIB; "" for what no calendar has.
  function inWib(time, zone) {
    var parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d)/.exec(time);
    if (!parts || parts[1] < 2000) return "";
    var moment = Date.parse(parts[1] + "-" + parts[2] + "-" + parts[3] + "T" + parts[4] + ":00" + (/^[+-]\d\d:\d\d$/.test(zone) ? zone : "+07:00"));
    return isNaN(moment) ? "" : new Date(moment + WIB_MS).toISOString().slice(0, 16);
  }

  // The form's time as people read it.
  function spoken(time) {
    return new Date(time + "Z").toLocaleString("id-ID", {
      timeZone: "UTC", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
    });
  }

  // ---- Sending one

  function send(code, id, file) {
    var form = new FormData(), ending = new AbortController();
    var timer = setTimeout(function () { ending.abort(); }, PATIENCE_MS);
    form.append("upload_id", id);
    form.append("photo", file, file.name || "foto.jpg");
    return fetch("/api/v1/complaints/" + encodeURIComponent(code) + "/photos", {
      method: "POST", body: form, credentials: "omit", signal: ending.signal,
    }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (said) {
        if (answer.ok && said.id) return { state: "sent", words: "Terkirim" };
        if ([404, 409, 413, 422].indexOf(answer.status) > -1) return { state: "refused", words: "Tidak diterima: " + (said.title || "") };
        return { state: "later", words: said.title || LATER };
      });
    }).catch(function () { return { state: "later", words: LATER }; }).finally(function () { clearTimeout(timer); });
  }

  window.Foto = { shrink: shrink, facts: facts, send: send };

  // ---- The field: what was chosen, shown under it. The field's own files are what is sent.

  function begin(input) {
    var form = input.form, most = Number(input.dataset.most), photos = [], ready = Promise.resolve(), waiting = false;
    var list = Alat.element("ul", "", "foto"), said = Alat.element("p", "", "hint");
    said.setAttribute("role", "status");
    input.after(list, said);

    function settle() {
      var carrier = new DataTransfer();
      photos.forEach(function (photo) { carrier.items.add(photo.file); });
      input.files = carrier.files;
    }

    function offer(photo) {
      var fields = form.elements, known = photo.facts;
      if (fields.lat && "lat" in known) {
        photo.line.append(Alat.button("Pakai lokasi dari foto", function () {
          fields.lat.value = known.lat.toFixed(6);
          fields.lng.value = known.lng.toFixed(6);
          form.dispatchEvent(new Event("posisi"));
          said.textContent = "Lokasi dari foto dipakai.";
          this.remove();
        }));
      }
      if (fields.happened_at && known.taken && known.taken !== fields.happened_at.value) {
        photo.line.append(Alat.button("Pakai waktu dari foto: " + spoken(known.taken), function () {
          fields.happened_at.value = known.taken;
          said.textContent = "Waktu dari foto dipakai.";
          this.remove();
        }));
      }
    }

    function drop(photo) {
      photos = photos.filter(function (other) { return other !== photo; });
      URL.revokeObjectURL(photo.image.src);
      photo.line.remove();
      said.textContent = "";
      settle();
    }

    function show(photo) {
      photo.line = Alat.element("li");
      photo.image = Alat.element("img");
      photo.image.alt = photo.file.name;
      photo.image.src = URL.createObjectURL(photo.file);
      photo.image.addEventListener("error", function () { photo.image.hidden = true; });  // a kind this browser can't show
      photo.state = Alat.element("p", photo.file.name, "soft");
      photo.line.append(photo.image, photo.state, Alat.button("Hapus foto ini", function () { drop(photo); }));
      list.append(photo.line);
    }

    function add(file) {
      var photo = { file: file, id: Alat.newId(), name: file.name + file.size + file.lastModified };
      if (photos.some(function (other) { return other.name === photo.name; })) return null;
      photos.push(photo);
      show(photo);
      return Promise.all([facts(file), shrink(file)]).then(function (found) {
        photo.facts = found[0];
        photo.file = found[1];
        if (photos.indexOf(photo) > -1) offer(photo);
      });
    }

    input.addEventListener("change", function () {
      var fresh = Array.from(input.files), room = most - photos.length;
      said.textContent = fresh.length > room ? "Paling banyak " + most + " foto." : "";
      ready = Promise.all([ready].concat(fresh.slice(0, Math.max(0, room)).map(add))).then(settle);
      settle();
    });

    form.addEventListener("reset", function () { photos.slice().forEach(drop); });

    // Before anybody else's: what is sent is what has been made smaller.
    form.addEventListener("submit", function (event) {
      if (waiting === "done") { waiting = false; return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (waiting) return;
      waiting = true;
      if (photos.length) said.textContent = "Menyiapkan foto…";
      var pressed = event.submitter;
      ready.then(function () {
        said.textContent = "";
        if (form.dataset.foto && photos.length) return upload();
        waiting = "done";
        // Not yet: while this event is being told to others, a form can't be sent again.
        setTimeout(function () { form.requestSubmit(pressed && pressed.form === form ? pressed : undefined); });
      });
    }, true);

    // One after the other, each said truthfully. What was not sent stays in the field.
    function upload() {
      return photos.slice().reduce(function (before, photo) {
        return before.then(function () {
          photo.state.textContent = "Mengirim…";
          return send(form.dataset.foto, photo.id, photo.file).then(function (done) {
            photo.done = done.state;
            photo.state.textContent = done.words;
          });
        });
      }, Promise.resolve()).then(function () {
        waiting = false;
        if (photos.every(function (photo) { return photo.done === "sent"; })) return location.reload();
        photos.filter(function (photo) { return photo.done === "sent"; }).forEach(drop);
        said.textContent = "Ada foto yang belum terkirim.";
      });
    }
  }

  function able() {
    try {
      return !!new DataTransfer() && !!HTMLFormElement.prototype.requestSubmit && !!Blob.prototype.arrayBuffer;
    } catch (_) { return false; }
  }

  if (able()) document.querySelectorAll("input[type=file][data-most]").forEach(begin);
})();
