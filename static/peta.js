// Maps. Peta.show(element, {outlines, markers, pin, onPin}) draws one and resolves with {map, setPin(lat, lng)}.
// outlines: a FeatureCollection as /peta/desa.json gives it, or its address; markers: [{lat, lng, text, url}];
// pin: {lat, lng}; onPin(lat, lng): the map may be tapped and its pin dragged. setPin() takes the pin away.
// Nothing is loaded before it is called.
(function () {
  "use strict";
  var base = new URL(".", document.currentScript.src).href;
  var country = [[-11, 95], [6, 141]];
  var loading;

  function added(tag, attributes) {
    return new Promise(function (resolve, reject) {
      var element = Object.assign(document.createElement(tag), attributes);
      element.onload = resolve;
      element.onerror = function () {
        element.remove();
        reject(new Error(attributes.src || attributes.href));
      };
      document.head.appendChild(element);
    });
  }

  function loaded() {
    loading = loading || Promise.all([
      added("link", { rel: "stylesheet", href: base + "leaflet/leaflet.css" }),
      added("link", { rel: "stylesheet", href: base + "peta.css" }),
      added("script", { src: base + "leaflet/leaflet.js" }),
    ]);
    loading.catch(function () { loading = null; });
    return loading;
  }

  function fetched(outlines) {
    if (outlines && typeof outlines === "object") return Promise.resolve(outlines);
    return fetch(outlines || "/peta/desa.json").then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    });
  }

  function plain(text) {
    return String(text).replace(/[&<>"]/g, function (sign) { return "&#" + sign.charCodeAt(0) + ";"; });
  }

  function icon() {
    var images = base + "leaflet/images/";
    return L.icon({
      iconUrl: images + "marker-icon.png",
      iconRetinaUrl: images + "marker-icon-2x.png",
      shadowUrl: images + "marker-shadow.png",
      iconSize: [25, 41], iconAnchor: [12, 41], popupAnchor: [1, -34], shadowSize: [41, 41],
    });
  }

  function ground(map, outlines) {
    var tiles = outlines.tiles;
    if (tiles) {
      // Tile servers want to know which site asks; they learn its address and nothing of the page.
      L.tileLayer(tiles.url, { maxZoom: 19, attribution: plain(tiles.credit), referrerPolicy: "origin" }).addTo(map);
    }
    var drawn = L.geoJSON(outlines, {
      interactive: false,
      style: { className: "peta-desa", fill: !tiles, weight: 2 },
      onEachFeature: function (feature, layer) {
        layer.bindTooltip(plain(feature.properties.name), { permanent: true, direction: "center", className: "peta-nama" });
      },
    }).addTo(map);
    return drawn.getBounds();
  }

  function popup(one) {
    var box = document.createElement(one.url ? "a" : "span");
    box.textContent = one.text;
    if (one.url) box.href = one.url;
    return box;
  }

  function marked(map, markers) {
    var places = markers.map(function (one) {
      var place = L.latLng(one.lat, one.lng);
      L.marker(place, { icon: icon(), title: one.text, alt: one.text }).bindPopup(popup(one), { closeButton: false }).addTo(map);
      return place;
    });
    return L.latLngBounds(places);
  }

  function pinned(map, options) {
    var pin;
    function told() {
      var place = pin.getLatLng().wrap();
      options.onPin(place.lat, place.lng);
    }
    function setPin(lat, lng) {
      if (lat === undefined) {
        if (pin) pin.remove();
        pin = null;
      } else if (pin) pin.setLatLng([lat, lng]);
      else {
        pin = L.marker([lat, lng], { icon: icon(), draggable: !!options.onPin, alt: "Pin", keyboard: false }).addTo(map);
        pin.on("dragend", told);
      }
    }
    if (options.onPin) {
      map.on("click", function (tap) {
        setPin(tap.latlng.lat, tap.latlng.lng);
        told();
      });
    }
    return setPin;
  }

  function inside(markers, bounds) {
    return L.latLngBounds(
      markers.map(function (one) { return [one.lat, one.lng]; }).filter(function (place) { return bounds.contains(place); })
    );
  }

  function drawn(element, outlines, options) {
    element.classList.add("peta");
    var map = L.map(element, { maxZoom: 19, scrollWheelZoom: false, zoomControl: false });
    L.control.zoom({ position: "bottomleft", zoomInTitle: "Perbesar", zoomOutTitle: "Perkecil" }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.fitBounds(country);
    var whole = ground(map, outlines);
    var marks = marked(map, options.markers || []);
    var setPin = pinned(map, options);
    // A position far outside, mistyped or made up, must not make everything else small.
    var near = whole.isValid() ? whole.pad(1) : null;
    marks = near ? inside(options.markers || [], near) : marks;
    if (marks.isValid()) {
      // Room for the pins' height above, and for the buttons beside.
      map.fitBounds(marks, { maxZoom: 16, paddingTopLeft: [70, 60], paddingBottomRight: [30, 30] });
    } else if (whole.isValid()) map.fitBounds(whole);
    if (options.pin) {
      setPin(options.pin.lat, options.pin.lng);
      map.setView([options.pin.lat, options.pin.lng], 16);
    }
    return { map: map, setPin: setPin };
  }

  function show(element, options) {
    options = options || {};
    return Promise.all([fetched(options.outlines), loaded()]).then(function (all) {
      return drawn(element, all[0], options);
    });
  }

  window.Peta = { show: show };
})();
